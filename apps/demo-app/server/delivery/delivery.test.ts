import { newKeyRingText } from "@onceflow/one-time-code";
import { createOutboxWorker } from "@onceflow/notifications";
import { createPostgresAuditLog } from "@onceflow/storage";
import { createTestDatabase } from "@onceflow/storage/testing";
import { describe, expect, inject, it, onTestFinished } from "vitest";
import { startMailCatcher } from "../mail-catcher.ts";
import { issueAndQueue, mailUser, openDelivery } from "./testing/open-delivery.ts";

async function createDelivery() {
  const database = await createTestDatabase(inject("postgresUrl"));
  onTestFinished(() => database.close());
  const catcher = await startMailCatcher();
  let open = true;
  const closeCatcher = async () => {
    if (open) await catcher.close();
    open = false;
  };
  onTestFinished(closeCatcher);
  const delivery = await openDelivery({
    databaseUrl: database.url,
    keyRingText: newKeyRingText(),
    smtpUrl: catcher.url,
  });
  onTestFinished(() => delivery.close());
  const worker = createOutboxWorker({
    ...delivery.parts,
    onTrouble: (error) => {
      throw error;
    },
  });
  const trail = createPostgresAuditLog(database, { tenant: "default" });
  const entries = async () => (await trail.list({ limit: 500 })).toReversed();
  return { database, catcher, closeCatcher, delivery, worker, entries };
}

describe("the way of a code into a mailbox", () => {
  it("ends with one mail, whole in French, with the code in its bodies only and no seal left", async () => {
    const { database, catcher, delivery, worker, entries } = await createDelivery();
    const { issued } = await issueAndQueue(delivery, { runId: "run-1", user: mailUser("dana") });
    const code = (await delivery.codes.openForDelivery(issued.challengeId))?.code ?? "";
    expect(await worker.drain()).toBe(1);
    const [mail] = catcher.mails();
    expect(mail).toMatchObject({ to: "dana@example.test", subject: "Votre code" });
    expect(mail?.text.trim()).toBe(`Code à usage unique : ${code}`);
    expect(mail?.html).toMatch(new RegExp(`<b>${code}</b>, <a href='https://codes\\.example\\.test/not-me/[\\w-]+'>`));
    const { rows } = await database.pool.query(
      "SELECT (SELECT count(sealed) FROM otp.challenges) + (SELECT count(sealed) FROM onceflow.outbox) AS seals",
    );
    expect(rows).toEqual([{ seals: "0" }]);
    const told = JSON.stringify(await entries());
    for (const secret of [code, "dana@example.test"]) expect(told).not.toContain(secret);
  });

  it("looks the same for a real user, a decoy and a suppressed issue, and only the real one gets mail", async () => {
    const { catcher, delivery, worker, entries } = await createDelivery();
    const answers = [];
    for (const [runId, user] of [
      ["real", mailUser("dana")],
      ["unknown", null],
      ["disabled", { ...mailUser("erin"), enabled: false }],
      ["suppressed", mailUser("dana")],
    ] as const) {
      const { queued } = await issueAndQueue(delivery, { runId, user });
      answers.push(queued);
    }
    expect(answers).toEqual(answers.map(() => ({ status: "queued" })));
    expect(await worker.drain()).toBe(1);
    expect(catcher.mails()).toMatchObject([{ to: "dana@example.test" }]);
    const events = (await entries()).filter(({ event }) => event.startsWith("delivery"));
    expect(events.map(({ event, runId }) => `${event} ${runId}`)).toEqual([
      "delivery_queued real",
      "delivery_queued unknown",
      "delivery_queued disabled",
      "delivery_queued suppressed",
      "delivery_sent real",
    ]);
  });

  it("is tried again while the mail server is down, and given up, not in silence, before the code expires", async () => {
    const { database, catcher, closeCatcher, delivery, worker, entries } = await createDelivery();
    await closeCatcher();
    await issueAndQueue(delivery, { runId: "run-1", user: mailUser("dana") });
    for (let seconds = 0; seconds < 300; seconds += 15) {
      await worker.drain();
      await database.advance(15_000);
    }
    const events = (await entries()).map(({ event }) => event);
    expect(events.slice(0, 2)).toEqual(["issued", "delivery_queued"]);
    expect(events.slice(2, -1).length).toBeGreaterThan(10);
    expect(new Set(events.slice(2, -1))).toEqual(new Set(["delivery_delayed"]));
    expect(events.at(-1)).toBe("delivery_dropped_expired");
    expect(catcher.mails()).toEqual([]);
  });

  it("ends where its code was superseded meanwhile, and goes on for the newer code", async () => {
    const { database, catcher, delivery, worker, entries } = await createDelivery();
    const session = { user: mailUser("dana"), sessionId: "session-1" };
    await issueAndQueue(delivery, { ...session, runId: "run-1" });
    await database.advance(30_000);
    const { issued } = await issueAndQueue(delivery, { ...session, runId: "run-2" });
    const newer = (await delivery.codes.openForDelivery(issued.challengeId))?.code ?? "";
    await worker.drain();
    expect(catcher.mails()).toHaveLength(1);
    expect(catcher.mails()[0]?.text).toContain(newer);
    expect((await entries()).find(({ event }) => event === "delivery_dropped_expired")).toMatchObject({
      runId: "run-1",
      details: { reason: "superseded" },
    });
  });
});
