import { describe, expect, it } from "vitest";
import type { ClaimedMessage, NewOutboxMessage, Outbox } from "../ports/outbox.ts";

/** A new, empty outbox with a clock that stands still, and challenges to send. */
export interface OutboxFixture {
  /** Of the tenant `default`. */
  readonly outbox: Outbox;
  readonly advance: (ms: number) => void | Promise<void>;
  /** Makes a live challenge; answers its id. @default lifetimeSeconds 300, testMode false */
  readonly issue: (changes?: { lifetimeSeconds?: number; testMode?: boolean }) => Promise<string>;
  readonly revoke: (challengeId: string) => Promise<void>;
  /** Whether the code of a challenge can still be opened. */
  readonly holdsCode: (challengeId: string) => Promise<boolean>;
  /** What was told of messages so far, in order. */
  readonly audit: () => Promise<readonly { event: string; challengeId: string | null; reason: string | null }[]>;
}

const leaseMs = 60_000;
const minSendSeconds = 30;
const terms = { limit: 10, leaseMs, minSendSeconds };

function message(changes: Partial<NewOutboxMessage> = {}): NewOutboxMessage {
  return {
    tenant: "default",
    idempotencyKey: crypto.randomUUID(),
    runId: "run-1",
    stepId: "mail",
    clientId: "portal",
    userId: "u-dana",
    challengeId: null,
    deliver: true,
    sealed: new Uint8Array([1, 2, 3]),
    ...changes,
  };
}

/** The contract of the Outbox port. */
export function describeOutbox(name: string, create: () => Promise<OutboxFixture>): void {
  /** An outbox with one message in the hands of a worker. */
  async function createClaimed(changes: { lifetimeSeconds?: number; testMode?: boolean } = {}) {
    const fixture = await create();
    const challengeId = await fixture.issue(changes);
    await fixture.outbox.add(message({ challengeId }));
    const claim = only(await fixture.outbox.claim(terms));
    return { ...fixture, challengeId, claim };
  }

  describe(`Outbox: ${name}`, () => {
    it("keeps a message once per idempotency key and tenant, and tells of it once", async () => {
      const { outbox, audit } = await create();
      const first = message({ idempotencyKey: "key-1" });
      expect(await outbox.add(first)).toBe(true);
      expect(await outbox.add({ ...first, runId: "run-2", sealed: new Uint8Array([9]) })).toBe(false);
      const claim = only(await outbox.claim(terms));
      expect(claim).toMatchObject({ tenant: "default", idempotencyKey: "key-1", runId: "run-1", challengeId: null });
      expect([...claim.sealed]).toEqual([1, 2, 3]);
      expect(await audit()).toEqual([{ event: "delivery_queued", challengeId: null, reason: null }]);
    });

    it("keeps one message of many that are added at once under one key", async () => {
      const { outbox } = await create();
      const added = await Promise.all(
        Array.from({ length: 8 }, () => outbox.add(message({ idempotencyKey: "key-1" }))),
      );
      expect(added.filter(Boolean)).toHaveLength(1);
      expect(await outbox.claim(terms)).toHaveLength(1);
    });

    it("hands out the oldest first, no more than asked for", async () => {
      const { outbox, advance } = await create();
      for (const runId of ["run-1", "run-2", "run-3"]) {
        await outbox.add(message({ runId }));
        await advance(1);
      }
      expect((await outbox.claim({ ...terms, limit: 2 })).map(({ runId }) => runId)).toEqual(["run-1", "run-2"]);
      expect((await outbox.claim({ ...terms, limit: 2 })).map(({ runId }) => runId)).toEqual(["run-3"]);
    });

    it("says how many messages wait and how long the oldest does, claimed ones too", async () => {
      const { outbox, advance } = await create();
      expect(await outbox.backlog()).toEqual({ waiting: 0, oldestAgeMs: 0 });
      await outbox.add(message({ runId: "run-1" }));
      await advance(1500);
      await outbox.add(message({ runId: "run-2" }));
      const [first] = await outbox.claim(terms);
      if (first === undefined) throw new Error("Two messages are due.");
      expect(await outbox.backlog()).toEqual({ waiting: 2, oldestAgeMs: 1500 });
      await outbox.markSent(first);
      expect(await outbox.backlog()).toEqual({ waiting: 1, oldestAgeMs: 0 });
    });

    it("hands each message to one of many workers", async () => {
      const { outbox } = await create();
      for (let count = 0; count < 8; count += 1) await outbox.add(message());
      const claims = await Promise.all(Array.from({ length: 8 }, () => outbox.claim({ ...terms, limit: 2 })));
      const ids = claims.flat().map(({ messageId }) => messageId);
      expect(new Set(ids).size).toBe(8);
      expect(ids).toHaveLength(8);
    });

    it("hands a message out again, under the same id, only when the worker's time is over", async () => {
      const { outbox, advance, claim, challengeId } = await createClaimed();
      expect(claim.tries).toBe(0);
      await advance(leaseMs - 1);
      expect(await outbox.claim(terms)).toEqual([]);
      await advance(1);
      const second = only(await outbox.claim(terms));
      expect(second).toMatchObject({
        messageId: claim.messageId,
        challengeId,
        tries: 1,
        expiresAtMs: claim.expiresAtMs,
      });
    });

    it("hands a short-lived code out again while it can still be sent", async () => {
      const { outbox, advance, claim } = await createClaimed({ lifetimeSeconds: 60 });
      // 30 s are left to send it in: half of them for the first worker, ten for the second, the rest is too short for one more.
      for (const [index, leftMs] of [15_000, 10_000].entries()) {
        await advance(leftMs - 1);
        expect(await outbox.claim(terms)).toEqual([]);
        await advance(1);
        expect(only(await outbox.claim(terms))).toMatchObject({ messageId: claim.messageId, tries: index + 1 });
      }
    });

    it("closes what is not to be delivered without a word, and hands out what waits behind it", async () => {
      const { outbox, audit, issue } = await create();
      const challengeId = await issue();
      for (let count = 0; count < 5; count += 1) await outbox.add(message({ deliver: false, challengeId: "decoy" }));
      await outbox.add(message({ challengeId }));
      expect(only(await outbox.claim({ ...terms, limit: 1 }))).toMatchObject({ challengeId });
      expect(new Set((await audit()).map(({ event }) => event))).toEqual(new Set(["delivery_queued"]));
    });

    it("hands out a code only with more than the least time to live", async () => {
      const { outbox, issue, advance, audit } = await create();
      const challengeIds = [await issue({ lifetimeSeconds: 60 }), await issue({ lifetimeSeconds: 60 })];
      await outbox.add(message({ challengeId: challengeIds[0] ?? null }));
      await advance(30_000 - 1);
      await outbox.markSent(only(await outbox.claim(terms)));
      await outbox.add(message({ challengeId: challengeIds[1] ?? null }));
      await advance(1);
      expect(await outbox.claim(terms)).toEqual([]);
      expect((await audit()).at(-1)).toEqual({
        event: "delivery_dropped_expired",
        challengeId: challengeIds[1],
        reason: "expired",
      });
    });

    it("drops a code that is over, was delivered before or is unknown", async () => {
      const { outbox, issue, revoke, audit } = await create();
      const [revoked, delivered] = [await issue(), await issue()];
      await outbox.add(message({ challengeId: delivered }));
      await outbox.markSent(only(await outbox.claim(terms)));
      await revoke(revoked);
      for (const challengeId of [revoked, delivered, "unknown"]) await outbox.add(message({ challengeId }));
      expect(await outbox.claim(terms)).toEqual([]);
      expect((await audit()).filter(({ event }) => event === "delivery_dropped_expired")).toEqual([
        { event: "delivery_dropped_expired", challengeId: revoked, reason: "revoked" },
        { event: "delivery_dropped_expired", challengeId: delivered, reason: "delivered_before" },
        { event: "delivery_dropped_expired", challengeId: "unknown", reason: "expired" },
      ]);
    });

    it("never drops a message without a code", async () => {
      const { outbox, advance } = await create();
      await outbox.add(message());
      await advance(86_400_000);
      const claim = only(await outbox.claim(terms));
      await outbox.markDelayed(claim, { delayMs: 86_400_000, minSendSeconds, reason: "smtp_451" });
      await advance(86_400_000);
      expect(only(await outbox.claim(terms))).toMatchObject({ expiresAtMs: null, tries: 1 });
    });

    it("closes a sent message, once, and erases its code", async () => {
      const { outbox, advance, claim, challengeId, audit, holdsCode } = await createClaimed();
      expect(await holdsCode(challengeId)).toBe(true);
      await outbox.markSent(claim);
      await outbox.markSent(claim);
      await advance(leaseMs);
      expect(await outbox.claim(terms)).toEqual([]);
      expect(await holdsCode(challengeId)).toBe(false);
      expect((await audit()).slice(1)).toEqual([{ event: "delivery_sent", challengeId, reason: null }]);
    });

    it("keeps the code of a sent message in test mode, where it is shown", async () => {
      const { outbox, claim, challengeId, holdsCode } = await createClaimed({ testMode: true });
      await outbox.markSent(claim);
      expect(await holdsCode(challengeId)).toBe(true);
    });

    it("hands a delayed message out when its delay is over", async () => {
      const { outbox, advance, claim, challengeId, audit } = await createClaimed();
      await outbox.markDelayed(claim, { delayMs: 2000, minSendSeconds, reason: "smtp_451" });
      expect((await audit()).at(-1)).toEqual({ event: "delivery_delayed", challengeId, reason: "smtp_451" });
      await advance(1999);
      expect(await outbox.claim(terms)).toEqual([]);
      await advance(1);
      expect(only(await outbox.claim(terms))).toMatchObject({ messageId: claim.messageId, tries: 1 });
    });

    it("drops a message that has too little to live after its delay, and says why it was late", async () => {
      const { outbox, advance, claim, challengeId, audit } = await createClaimed({ lifetimeSeconds: 60 });
      await outbox.markDelayed(claim, { delayMs: 30_000, minSendSeconds, reason: "network" });
      expect((await audit()).at(-1)).toEqual({ event: "delivery_dropped_expired", challengeId, reason: "network" });
      await advance(leaseMs);
      expect(await outbox.claim(terms)).toEqual([]);
      expect(await audit()).toHaveLength(2);
    });

    it("closes a failed message and says why", async () => {
      const { outbox, advance, claim, challengeId, audit } = await createClaimed();
      await outbox.markFailed(claim, { reason: "smtp_550" });
      expect((await audit()).at(-1)).toEqual({ event: "delivery_failed", challengeId, reason: "smtp_550" });
      await advance(leaseMs);
      expect(await outbox.claim(terms)).toEqual([]);
    });

    it("lets a worker that lost its claim neither delay nor fail what another holds", async () => {
      const { outbox, advance, claim, audit } = await createClaimed();
      await advance(leaseMs);
      const taken = only(await outbox.claim(terms));
      await outbox.markDelayed(claim, { delayMs: 0, minSendSeconds, reason: "network" });
      await outbox.markFailed(claim, { reason: "smtp_550" });
      expect(await outbox.claim(terms)).toEqual([]);
      await outbox.markDelayed(taken, { delayMs: 0, minSendSeconds, reason: "smtp_451" });
      expect(only(await outbox.claim(terms))).toMatchObject({ tries: 2 });
      expect((await audit()).map(({ event }) => event)).toEqual(["delivery_queued", "delivery_delayed"]);
    });

    it("takes a lost worker's word that a mail was sent, whatever the other one says then", async () => {
      const { outbox, advance, claim, audit } = await createClaimed();
      await advance(leaseMs);
      const taken = only(await outbox.claim(terms));
      await outbox.markSent(claim);
      await outbox.markDelayed(taken, { delayMs: 0, minSendSeconds, reason: "network" });
      await outbox.markFailed(taken, { reason: "smtp_550" });
      await outbox.markSent(taken);
      expect(await outbox.claim(terms)).toEqual([]);
      expect((await audit()).map(({ event }) => event)).toEqual(["delivery_queued", "delivery_sent"]);
    });

    it("deletes what was closed a day ago, and no more than asked for; what waits stays", async () => {
      const { outbox, advance } = await create();
      for (let count = 0; count < 3; count += 1) await outbox.add(message());
      for (const claim of await outbox.claim(terms)) await outbox.markSent(claim);
      await outbox.add(message());
      await advance(86_400_000 - 1);
      expect(await outbox.clean({ batch: 2 })).toBe(0);
      await advance(1);
      expect(await outbox.clean({ batch: 2 })).toBe(2);
      expect(await outbox.clean({ batch: 2 })).toBe(1);
      expect(await outbox.clean({ batch: 2 })).toBe(0);
      expect(await outbox.claim(terms)).toHaveLength(1);
    });

    it("hands out nothing before its delay is over", async () => {
      const { outbox, advance } = await create();
      await outbox.add(message({ delayMs: 2000 }));
      await advance(1999);
      expect(await outbox.claim(terms)).toEqual([]);
      await advance(1);
      expect(await outbox.claim(terms)).toHaveLength(1);
    });

    it("closes a decoy no sooner than it would hand out a message", async () => {
      const { outbox, advance } = await create();
      await outbox.add(message({ delayMs: 2000, deliver: false }));
      expect(await outbox.claim(terms)).toEqual([]);
      expect(await outbox.backlog()).toMatchObject({ waiting: 1 });
      await advance(2000);
      expect(await outbox.claim(terms)).toEqual([]);
      expect(await outbox.backlog()).toMatchObject({ waiting: 0 });
    });

    it("calls back when a message was added, with the time until it is due", async () => {
      const { outbox } = await create();
      let [hearFirst, hearLater] = [() => {}, () => {}];
      const first = new Promise<void>((resolve) => (hearFirst = resolve));
      const later = new Promise<void>((resolve) => (hearLater = resolve));
      const end = outbox.onAdded((dueInMs) => (dueInMs === 2000 ? hearLater() : hearFirst()));
      await outbox.add(message());
      // From here on it listens.
      await first;
      await outbox.add(message({ delayMs: 2000 }));
      await later;
      await end();
    });
  });
}

function only(claims: readonly ClaimedMessage[]): ClaimedMessage {
  const [claim, ...others] = claims;
  if (claim === undefined || others.length > 0)
    throw new Error(`${claims.length} messages were claimed instead of one.`);
  return claim;
}
