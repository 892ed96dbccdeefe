import type { BuiltInPorts, Caller } from "@onceflow/step-runtime";
import { createMemoryProofSigner, sampleUsers } from "@onceflow/step-runtime/memory";

const issued = {
  challengeId: "challenge-1",
  channel: "email" as const,
  destination: "d•••@example.test",
  expiresAt: "2026-01-01T10:47:00.000Z",
  length: 6,
  resendAvailableAt: "2026-01-01T10:42:30.000Z",
  revealedCode: "482913",
  deliver: true,
};

/** The ports of every contender: plain functions in place of the sandbox and the code store. */
export const ports: BuiltInPorts = {
  oneTimeCodes: {
    issue: async () => issued,
    confirm: async () => ({ outcome: "refused", retryAt: null, at: null, challengeId: null, userId: null }),
    revokeRun: async () => {},
  },
  users: {
    find: async (nameOrId) => sampleUsers.find(({ id, userName }) => id === nameOrId || userName === nameOrId) ?? null,
    list: async () => sampleUsers,
  },
  clients: {
    get: async () => ({ id: "digital-workplace", name: "Digital Workplace", test: true }),
    list: async () => [],
  },
  proofSigner: createMemoryProofSigner(),
  notifier: { queue: async () => ({ status: "queued" }) },
  scriptRunner: {
    languages: ["javascript"],
    run: async ({ item }) => ({
      ok: true,
      item: { ...item, new_code: (item["oneTimeCode"] as { code: string }).code },
      console: [],
    }),
  },
};

/** Who runs it. */
export const caller: Caller = {
  clientId: "digital-workplace",
  userId: "user-demo",
  sessionId: "session-1",
  ipClass: null,
};
