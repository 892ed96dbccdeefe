import {
  createOneTimeCodePolicy,
  createOneTimeCodes,
  newKeyRingText,
  type OneTimeCodes,
  parseKeyRing,
} from "@onceflow/one-time-code";
import { createPostgresOneTimeCodeStore, openDatabase } from "@onceflow/storage";
import { type Block, concurrency, forEachIndex } from "./block.ts";

/** The default policy, but for what one client may do in a minute: here it is everybody's client. */
const policy = createOneTimeCodePolicy({
  clientIssues: { seconds: 60, max: 1_000_000_000 },
  clientConfirms: { seconds: 60, max: 1_000_000_000 },
});

interface Issued {
  readonly name: string;
  readonly challengeId: string;
  readonly code: string;
}

/** Issues for users, sessions and networks that are all new: no test mode, every budget debited. */
export async function createIssueBlock(url: string): Promise<Block> {
  const { codes, close } = await open(url);
  return {
    prepare: async () => {},
    async operate() {
      const { deliver } = await issue(codes, crypto.randomUUID());
      if (!deliver) throw new Error("The issue was suppressed.");
    },
    close,
  };
}

/** Confirms of right codes, each of a challenge of its own. */
export async function createConfirmBlock(url: string): Promise<Block> {
  const { codes, close } = await open(url);
  const issued: Issued[] = [];
  return {
    async prepare(operations) {
      await forEachIndex(operations, async (index) => {
        const name = crypto.randomUUID();
        const { challengeId } = await issue(codes, name);
        const opened = await codes.openForDelivery(challengeId);
        if (opened === null) throw new Error("The challenge has no code.");
        issued[index] = { name, challengeId, code: opened.code };
      });
    },
    async operate(index) {
      const found = issued[index];
      if (found === undefined) throw new Error(`Nothing was issued for ${index}.`);
      const { name, challengeId, code } = found;
      const { outcome } = await codes.confirm({
        ...factsOf(name),
        attemptId: `${name}:confirm:1`,
        stepId: "confirm",
        clientId: "portal",
        userId: name,
        challengeId,
        code,
      });
      if (outcome !== "confirmed") throw new Error(`The right code was ${outcome}.`);
    },
    close,
  };
}

async function open(url: string): Promise<{ codes: OneTimeCodes; close: () => Promise<void> }> {
  const database = await openDatabase({ url, maxConnections: concurrency });
  const store = createPostgresOneTimeCodeStore({ pool: database.pool });
  return {
    codes: createOneTimeCodes({ store, keyRing: parseKeyRing(newKeyRingText()), policy, testMode: false }),
    close: () => database.close(),
  };
}

function issue(codes: OneTimeCodes, name: string) {
  return codes.issue({
    ...factsOf(name),
    idempotencyKey: "code:1",
    stepId: "code",
    user: { id: name, email: `${name}@example.test`, enabled: true, test: false },
    typedName: name,
    client: { id: "portal", test: false },
    alphabet: "digits",
    length: 6,
  });
}

function factsOf(name: string) {
  return { runId: name, sessionId: name, ipClass: name.slice(0, 19), purpose: "second_factor" as const };
}
