import { describe, expect, it } from "vitest";
import { openBench } from "../one-time-codes/testing/open-bench.ts";
import { createPostgresOutbox } from "./postgres-outbox.ts";

const claim = { limit: 10, leaseMs: 60_000, minSendSeconds: 30 };

/** An outbox beside a code store, with one message about one challenge. */
async function setUp({ deliver = true, testMode = false }: { deliver?: boolean; testMode?: boolean } = {}) {
  const bench = await openBench();
  const outbox = createPostgresOutbox(bench.database);
  const codes = bench.serve({ testMode });
  const { challengeId } = await bench.issueWith(codes, {});
  const message = {
    tenant: "default",
    idempotencyKey: "run-1/mail/1",
    runId: "run-1",
    stepId: "mail",
    clientId: "digital-workplace",
    userId: "u-dana",
    challengeId,
    deliver,
    sealed: new Uint8Array([1, 2, 3]),
  };
  const deliveries = async () =>
    (await bench.audit()).map(({ event }) => event as string).filter((event) => event.startsWith("delivery_"));
  return { bench, outbox, codes, message, challengeId, deliveries };
}

describe("createPostgresOutbox", () => {
  it("takes a message once per idempotency key", async () => {
    const { outbox, message, deliveries } = await setUp();
    const added = await Promise.all(Array.from({ length: 5 }, () => outbox.add(message)));
    expect(added.filter(Boolean)).toHaveLength(1);
    expect(await deliveries()).toEqual(["delivery_queued"]);
    expect(await outbox.claim(claim)).toHaveLength(1);
  });

  it("gives a message to one worker, and to another one when the first died with it: the same id", async () => {
    const { bench, outbox, message, challengeId } = await setUp();
    await outbox.add(message);
    const claims = await Promise.all(Array.from({ length: 5 }, () => outbox.claim(claim)));
    const [first] = claims.flat();
    expect(claims.flat()).toHaveLength(1);
    expect(first).toMatchObject({ challengeId, runId: "run-1", tries: 0, sealed: Buffer.from([1, 2, 3]) });
    await bench.advance(60_000);
    expect(await outbox.claim(claim)).toMatchObject([{ messageId: first?.messageId, tries: 1 }]);
  });

  it("erases the sealed code once it was sent, but not in test mode", async () => {
    for (const testMode of [false, true]) {
      const { outbox, codes, message, challengeId, deliveries } = await setUp({ testMode });
      await outbox.add(message);
      const [claimed] = await outbox.claim(claim);
      expect(await codes.openForDelivery(challengeId)).not.toBeNull();
      await outbox.markSent(claimed?.messageId ?? "");
      await outbox.markSent(claimed?.messageId ?? "");
      expect((await codes.openForDelivery(challengeId)) !== null).toBe(testMode);
      expect(await deliveries()).toEqual(["delivery_queued", "delivery_sent"]);
    }
  });

  it("confirms a code that was delivered", async () => {
    const { bench, outbox, message, challengeId } = await setUp();
    const code = (await bench.codes.openForDelivery(challengeId))?.code;
    await outbox.add(message);
    const [claimed] = await outbox.claim(claim);
    await outbox.markSent(claimed?.messageId ?? "");
    expect((await bench.confirm(code)).outcome).toBe("confirmed");
  });

  it("sends a delivered code no second time", async () => {
    const { outbox, message, deliveries } = await setUp();
    await outbox.add(message);
    const [claimed] = await outbox.claim(claim);
    await outbox.markSent(claimed?.messageId ?? "");
    await outbox.add({ ...message, idempotencyKey: "run-1/mail/2" });
    expect(await outbox.claim(claim)).toEqual([]);
    expect((await deliveries()).at(-1)).toBe("delivery_dropped_expired");
  });

  it("closes what is not to be delivered without a word of it", async () => {
    const { outbox, message, deliveries } = await setUp({ deliver: false });
    await outbox.add(message);
    expect(await outbox.claim(claim)).toEqual([]);
    expect(await deliveries()).toEqual(["delivery_queued"]);
  });

  it("drops a code with less than 30 seconds to live, or that is over, and says so", async () => {
    const { bench, outbox, message, deliveries } = await setUp();
    await outbox.add(message);
    await bench.advance(271_000);
    expect(await outbox.claim(claim)).toEqual([]);
    expect(await deliveries()).toEqual(["delivery_queued", "delivery_dropped_expired"]);
    const other = await setUp();
    await other.outbox.add(other.message);
    await other.codes.revokeRun("run-1");
    expect(await other.outbox.claim(claim)).toEqual([]);
  });

  it("tries again later while there is time, and drops the message when there is not", async () => {
    const { bench, outbox, message, deliveries } = await setUp();
    await outbox.add(message);
    const later = { delayMs: 100_000, minSendSeconds: 30, reason: "smtp-temporary" };
    for (const expected of ["delivery_delayed", "delivery_delayed", "delivery_dropped_expired"]) {
      const [claimed] = await outbox.claim(claim);
      await outbox.markDelayed(claimed?.messageId ?? "", later);
      expect((await deliveries()).at(-1)).toBe(expected);
      expect(await outbox.claim(claim)).toEqual([]);
      await bench.advance(100_000);
    }
  });

  it("keeps nothing of what it sealed when it gave up, and forgets after a day", async () => {
    const { bench, outbox, message, deliveries } = await setUp();
    await outbox.add(message);
    const [claimed] = await outbox.claim(claim);
    await outbox.markFailed(claimed?.messageId ?? "", { reason: "smtp-550" });
    expect(await deliveries()).toEqual(["delivery_queued", "delivery_failed"]);
    const { rows } = await bench.database.pool.query("SELECT sealed, state FROM onceflow.outbox");
    expect(rows).toEqual([{ sealed: null, state: "failed" }]);
    await bench.advance(86_400_000);
    expect(await outbox.clean({ batch: 10 })).toBe(1);
  });
});
