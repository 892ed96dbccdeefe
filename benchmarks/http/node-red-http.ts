import crypto from "node:crypto";
import { rmSync } from "node:fs";
import { mkdtemp, writeFile } from "node:fs/promises";
import type { RequestListener } from "node:http";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { HttpContender } from "./http-contender.ts";
import { httpUsers } from "./http-users.ts";

/** The little of Node-RED 5 that is used; it is installed beside the workspace, so its own types are not at hand. */
interface NodeRed {
  init(settings: object): void;
  start(): Promise<void>;
  readonly httpNode: RequestListener;
  readonly events: { once(event: "flows:started", listener: () => void): void };
}

/** What the six function nodes do; `msg` goes from one to the next. */
const functions = {
  model: `
    msg.data = { ForTestCode: null };
    return msg;`,
  user: `
    msg.user = global.get("users").get(msg.payload.user);
    if (msg.user === undefined) throw new Error("There is no such user.");
    return msg;`,
  code: `
    const { randomInt, randomUUID } = global.get("crypto");
    const challengeId = randomUUID();
    const code = String(randomInt(1_000_000)).padStart(6, "0");
    const expiresAt = Date.now() + 300_000;
    global.get("challenges").set(challengeId, { userId: msg.user.id, code, expiresAt, used: false });
    msg.oneTimeCode = { challengeId, code, expiresAt };
    return msg;`,
  store: `
    msg.data.ForTestCode = msg.oneTimeCode.code;
    return msg;`,
  confirm: `
    const found = global.get("challenges").get(msg.oneTimeCode.challengeId);
    const confirmed =
      found !== undefined &&
      !found.used &&
      found.userId === msg.user.id &&
      found.expiresAt > Date.now() &&
      global.get("crypto").timingSafeEqual(Buffer.from(found.code), Buffer.from(msg.data.ForTestCode));
    if (confirmed) found.used = true;
    msg.confirmation = { confirmed };
    return msg;`,
  reply: `
    msg.statusCode = 200;
    msg.payload = { status: "completed", response: { code: msg.data.ForTestCode, confirmed: msg.confirmation.confirmed } };
    return msg;`,
};

/**
 * Node-RED as it is, without its editor: `http in`, six function nodes, `http response`, codes in its context in memory.
 * It knows nothing of callers, limits, secrets or events, and logs nothing. Its function nodes are scripts, in a vm context that
 * keeps nothing out; ours are no scripts here (in the sandbox a script costs milliseconds: see `engine`'s tables).
 */
export async function createNodeRedHttp(): Promise<HttpContender> {
  const peers = createRequire(join(import.meta.dirname, "../peers/package.json"));
  const red = peers("node-red") as NodeRed;
  const userDir = await mkdtemp(join(tmpdir(), "onceflow-node-red-"));
  process.once("exit", () => rmSync(userDir, { recursive: true, force: true }));
  await writeFile(join(userDir, "flows.json"), JSON.stringify(flow()));
  red.init({
    userDir,
    flowFile: "flows.json",
    credentialSecret: false,
    httpAdminRoot: false,
    httpNodeRoot: "/",
    telemetry: { enabled: false, updateNotification: false },
    logging: { console: { level: "off", metrics: false, audit: false } },
    functionGlobalContext: { users: new Map(httpUsers.map((user) => [user.id, user])), challenges: new Map(), crypto },
  });
  const started = new Promise<void>((resolve) => red.events.once("flows:started", resolve));
  await red.start();
  await started;
  return { listener: red.httpNode, path: "/execute" };
}

function flow(): readonly object[] {
  const names = Object.keys(functions);
  // A node that is nowhere counts as a configuration.
  const position = { x: 0, y: 0 };
  return [
    { id: "tab", type: "tab", label: "Code flow" },
    {
      id: "in",
      type: "http in",
      z: "tab",
      url: "/execute",
      method: "post",
      upload: false,
      ...position,
      wires: [[names[0]]],
    },
    ...Object.entries(functions).map(([id, func], index) => ({
      id,
      type: "function",
      z: "tab",
      name: id,
      func,
      outputs: 1,
      timeout: 0,
      noerr: 0,
      initialize: "",
      finalize: "",
      libs: [],
      ...position,
      wires: [[names[index + 1] ?? "out"]],
    })),
    { id: "out", type: "http response", z: "tab", statusCode: "", headers: {}, ...position, wires: [] },
  ];
}
