import { randomInt, randomUUID, timingSafeEqual } from "node:crypto";
import type { OneTimeCodes } from "@onceflow/step-runtime";

interface Challenge {
  readonly userId: string | null;
  readonly code: string;
  readonly expiresAt: number;
  used: boolean;
}

/** Codes as the peers keep them: plain in a map, without MACs, budgets, attempts or an audit trail. */
export function createPlainCodes(): OneTimeCodes {
  const challenges = new Map<string, Challenge>();
  return {
    async issue({ user, length, lifetimeSeconds }) {
      const challengeId = randomUUID();
      const code = String(randomInt(10 ** length)).padStart(length, "0");
      const expiresAt = Date.now() + lifetimeSeconds * 1000;
      challenges.set(challengeId, { userId: user?.id ?? null, code, expiresAt, used: false });
      return {
        challengeId,
        channel: "email",
        destination: "n•••@example.test",
        expiresAt: new Date(expiresAt).toISOString(),
        length,
        resendAvailableAt: new Date(expiresAt).toISOString(),
        revealedCode: code,
        deliver: true,
      };
    },
    async confirm({ challengeId, code, userId }) {
      const found = challenges.get(challengeId ?? "");
      const confirmed =
        found !== undefined &&
        !found.used &&
        found.userId === userId &&
        found.expiresAt > Date.now() &&
        timingSafeEqual(Buffer.from(found.code), Buffer.from(String(code)));
      if (!confirmed) return { outcome: "refused", retryAt: null, at: null, challengeId: null, userId: null };
      found.used = true;
      return { outcome: "confirmed", retryAt: null, at: new Date().toISOString(), challengeId, userId: found.userId };
    },
    revokeRun: async () => {},
  };
}
