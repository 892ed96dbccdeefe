import { randomInt, randomUUID, timingSafeEqual } from "node:crypto";
import type { HttpContender } from "./http-contender.ts";
import { httpUsers } from "./http-users.ts";

interface Challenge {
  readonly userId: string;
  readonly code: string;
  readonly expiresAt: number;
  used: boolean;
}

/** The floor: node:http and one function. It knows nothing of callers, limits, secrets or events, and logs nothing. */
export function createBareHttp(): HttpContender {
  const users = new Map(httpUsers.map((user) => [user.id, user]));
  const challenges = new Map<string, Challenge>();

  function respond(body: string): object {
    const user = users.get((JSON.parse(body) as { user: string }).user);
    if (user === undefined) throw new Error("There is no such user.");
    const challengeId = randomUUID();
    const code = String(randomInt(1_000_000)).padStart(6, "0");
    challenges.set(challengeId, { userId: user.id, code, expiresAt: Date.now() + 300_000, used: false });
    const definitions = { ForTestCode: code };
    const found = challenges.get(challengeId);
    const confirmed =
      found !== undefined &&
      !found.used &&
      found.userId === user.id &&
      found.expiresAt > Date.now() &&
      timingSafeEqual(Buffer.from(found.code), Buffer.from(definitions.ForTestCode));
    if (confirmed) found.used = true;
    return { status: "completed", response: { code: definitions.ForTestCode, confirmed } };
  }

  return {
    path: "/execute",
    listener(request, response) {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        const text = JSON.stringify(respond(Buffer.concat(chunks).toString()));
        response.writeHead(200, { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(text) });
        response.end(text);
      });
    },
  };
}
