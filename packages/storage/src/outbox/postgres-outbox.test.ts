import type { Outbox } from "@onceflow/step-runtime";
import { describeOutbox, type OutboxFixture } from "@onceflow/step-runtime/testing";
import { describe, expect, inject, it, onTestFinished } from "vitest";
import { openBench } from "../one-time-codes/testing/open-bench.ts";
import { createTestDatabase } from "../testing/test-database.ts";
import { createPostgresOutbox } from "./postgres-outbox.ts";

const client = { id: "portal", test: true };

async function createFixture(): Promise<OutboxFixture> {
  const bench = await openBench();
  const { database, codes } = bench;
  const testCodes = bench.serve({ testMode: true });
  return {
    outbox: createPostgresOutbox(database, { tenant: "default" }),
    advance: (ms) => database.advance(ms),
    async issue({ lifetimeSeconds = 300, testMode = false } = {}) {
      const changes = { lifetimeSeconds, client, sessionId: crypto.randomUUID() };
      return (await bench.issueWith(testMode ? testCodes : codes, changes)).challengeId;
    },
    revoke: async (challengeId) => void (await codes.revokeByUser(challengeId)),
    holdsCode: async (challengeId) => (await codes.openForDelivery(challengeId)) !== null,
    async audit() {
      const { rows } = await database.pool.query<{ event: string; challengeId: string | null; reason: string | null }>(
        `SELECT event, challenge_id AS "challengeId", details->>'reason' AS reason FROM onceflow.audit_events
          WHERE event LIKE 'delivery%' ORDER BY seq`,
      );
      return rows;
    },
  };
}

describeOutbox("postgres", createFixture);

const message = {
  tenant: "default",
  runId: "run-1",
  stepId: "mail",
  clientId: "portal",
  userId: null,
  challengeId: null,
  deliver: true,
  sealed: new Uint8Array([1]),
};
const terms = { limit: 10, leaseMs: 60_000, minSendSeconds: 30 };

async function openOutbox() {
  const database = await createTestDatabase(inject("postgresUrl"));
  onTestFinished(() => database.close());
  return { database, outbox: createPostgresOutbox(database, { tenant: "default" }) };
}

/** Counts what an outbox calls back; `next` resolves with the next one. */
function listen(outbox: Outbox) {
  let resolveNext = () => {};
  let next = new Promise<void>((resolve) => (resolveNext = resolve));
  const end = outbox.onAdded(() => {
    resolveNext();
    next = new Promise<void>((resolve) => (resolveNext = resolve));
  });
  onTestFinished(end);
  return { next: () => next };
}

describe("the outbox in PostgreSQL", () => {
  it("claims the messages of its own tenant only", async () => {
    const { database, outbox } = await openOutbox();
    await outbox.add({ ...message, idempotencyKey: "key-1", tenant: "other" });
    expect(await outbox.add({ ...message, idempotencyKey: "key-1" })).toBe(true);
    expect(await outbox.claim(terms)).toMatchObject([{ tenant: "default" }]);
    expect(await createPostgresOutbox(database, { tenant: "other" }).claim(terms)).toMatchObject([{ tenant: "other" }]);
  });

  it("holds nothing of a message that is closed", async () => {
    const { database, outbox } = await openOutbox();
    await outbox.add({ ...message, idempotencyKey: "sent" });
    await outbox.add({ ...message, idempotencyKey: "failed" });
    await outbox.add({ ...message, idempotencyKey: "void", deliver: false });
    await outbox.add({ ...message, idempotencyKey: "dropped", challengeId: "unknown" });
    const [sent, failed] = await outbox.claim(terms);
    if (sent === undefined || failed === undefined) throw new Error("Two messages are due.");
    await outbox.markSent(sent);
    await outbox.markFailed(failed, { reason: "smtp_550" });
    const { rows } = await database.pool.query<{ state: string }>(
      "SELECT state FROM onceflow.outbox WHERE sealed IS NULL ORDER BY seq",
    );
    expect(rows.map(({ state }) => state)).toEqual(["sent", "failed", "void", "dropped"]);
  });

  it("tells listeners over other connections, and again after their connection was cut", async () => {
    const { database, outbox } = await openOutbox();
    const { next } = listen(outbox);
    await next();
    const added = next();
    await outbox.add({ ...message, idempotencyKey: "key-1" });
    await added;
    const back = next();
    await database.pool.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'",
    );
    await back;
    const addedLater = next();
    await outbox.add({ ...message, idempotencyKey: "key-2" });
    await addedLater;
  });
});
