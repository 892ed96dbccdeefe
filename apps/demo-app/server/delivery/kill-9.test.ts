import { newKeyRingText } from "@onceflow/one-time-code";
import { createPostgresAuditLog } from "@onceflow/storage";
import { createTestDatabase } from "@onceflow/storage/testing";
import { describe, expect, inject, it, onTestFinished } from "vitest";
import { startMailCatcher } from "../mail-catcher.ts";
import { issueAndQueue, mailUser, openDelivery } from "./testing/open-delivery.ts";
import { startDeliveryProcess } from "./testing/start-delivery-process.ts";

/** A database, keys and a mail server for processes that come and go. */
async function createPlace() {
  const database = await createTestDatabase(inject("postgresUrl"));
  onTestFinished(() => database.close());
  const catcher = await startMailCatcher();
  onTestFinished(() => catcher.close());
  const place = { databaseUrl: database.url, keyRingText: newKeyRingText(), smtpUrl: catcher.url };
  const events = async () => {
    const entries = await createPostgresAuditLog(database, { tenant: "default" }).list({ limit: 500 });
    return entries.map(({ event }) => event).toReversed();
  };
  return { place, database, catcher, events };
}

const leaseMs = 60_000;

describe("a process killed on the way from code to mail", () => {
  it.each([
    ["issued", 1],
    ["added", 1],
    ["claimed", 1],
    ["accepted", 2],
    ["marked", 1],
  ] as const)("at %j leaves it to the next one to send exactly that code: %d mail(s) in all", async (point, mails) => {
    const { place, database, catcher, events } = await createPlace();
    const killed = await startDeliveryProcess({ ...place, runId: "run-1", standStillAt: point });
    expect(await killed.answer()).toBe(point);
    await killed.kill();
    await database.advance(leaseMs);
    const delivery = await openDelivery(place);
    onTestFinished(() => delivery.close());
    const { rows } = await database.pool.query<{ id: string }>("SELECT challenge_id AS id FROM otp.challenges");
    const issued = await delivery.codes.openForDelivery(rows[0]?.id ?? "");

    // The engine runs the interrupted steps once more, under the same keys.
    const next = await startDeliveryProcess({ ...place, runId: "run-1", standStillAt: null });
    expect(await next.answer()).toBe(point === "marked" ? 0 : 1);

    const caught = catcher.mails();
    expect(caught).toHaveLength(mails);
    expect(new Set(caught.map(({ messageId }) => messageId)).size).toBe(1);
    const codes = new Set(caught.map(({ text }) => /^Code à usage unique : (\d{6})\s*$/.exec(text)?.[1]));
    expect(codes.size).toBe(1);
    // Once it is marked as sent, its seal is gone.
    if (point !== "marked") expect([...codes]).toEqual([issued?.code]);
    expect(await events()).toEqual(["issued", "delivery_queued", "delivery_sent"]);

    const [code] = codes;
    const confirmation = await delivery.codes.confirm({
      attemptId: "run-1/confirm/1",
      runId: "run-1",
      stepId: "confirm",
      clientId: "portal",
      userId: "u-dana",
      sessionId: "run-1",
      ipClass: null,
      purpose: "second_factor",
      challengeId: null,
      code,
    });
    expect(confirmation.outcome).toBe("confirmed");
  });

  it("keeps its claim until the lease is over", async () => {
    const { place, database, catcher } = await createPlace();
    const killed = await startDeliveryProcess({ ...place, runId: "run-1", standStillAt: "claimed" });
    await killed.answer();
    await killed.kill();
    await database.advance(leaseMs - 1);
    const early = await startDeliveryProcess({ ...place, runId: null, standStillAt: null });
    expect(await early.answer()).toBe(0);
    expect(catcher.mails()).toEqual([]);
  });
});

describe("several processes on one outbox", () => {
  it("send each message once", async () => {
    const { place, catcher } = await createPlace();
    const delivery = await openDelivery(place);
    onTestFinished(() => delivery.close());
    const names = Array.from({ length: 24 }, (_, index) => `user-${index}`);
    for (const name of names) await issueAndQueue(delivery, { runId: `run-${name}`, user: mailUser(name) });
    const processes = await Promise.all(
      names.slice(0, 3).map(() => startDeliveryProcess({ ...place, runId: null, standStillAt: null })),
    );
    const counts = await Promise.all(processes.map(async (process) => Number(await process.answer())));
    expect(counts.reduce((sum, count) => sum + count)).toBe(names.length);
    expect(new Set(catcher.mails().map(({ to }) => to))).toEqual(new Set(names.map((name) => `${name}@example.test`)));
    expect(catcher.mails()).toHaveLength(names.length);
  });
});
