import type { MessageTemplate } from "@onceflow/step-runtime";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { createOutboxNotifier } from "./create-outbox-notifier.ts";
import { createSmtpSender } from "./create-smtp-sender.ts";
import type { MailSender, OutgoingMail } from "./mail-sender.ts";
import { startMailServer } from "./testing/mail-server.ts";
import { createTestBox } from "./testing/test-box.ts";
import { createTestDelivery, testCode } from "./testing/test-delivery.ts";

function createSender(url: string): MailSender {
  const sender = createSmtpSender({ url, from: "Onceflow <codes@example.test>" });
  onTestFinished(() => sender.close());
  return sender;
}

/** Takes every mail, at once or when told to. */
function createListSender(send: MailSender["send"] = async () => {}) {
  const sent: OutgoingMail[] = [];
  const sender: MailSender = {
    async send(mail, options) {
      sent.push(mail);
      await send(mail, options);
    },
    close: () => {},
  };
  return { sent, sender };
}

/** A promise and what resolves it. */
function createGate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { open, opened };
}

describe("a message with a code", () => {
  it("is mailed once, with the code in its bodies and not in its headers, and is closed", async () => {
    const { notifier, request, createWorker, fate, challenges, clock } = createTestDelivery();
    const { url, caught } = await startMailServer();
    const worker = createWorker({ sender: createSender(url) });
    await notifier.queue(request());
    expect(await worker.drain()).toBe(1);
    clock.advance(3_600_000);
    expect(await worker.drain()).toBe(0);
    expect(caught).toHaveLength(1);
    expect(caught[0]?.recipients).toEqual(["dana@example.test"]);
    expect(caught[0]?.body).toContain(`Dana: ${testCode}, 5 min, https://codes.example.test/not-me/challenge-1`);
    expect(caught[0]?.headers).not.toContain(testCode);
    expect(fate()).toEqual(["delivery_sent"]);
    expect(challenges.get("challenge-1")?.sealed).toBe(false);
  });

  it("speaks the recipient's language, whole, and escapes what stands in its HTML", async () => {
    const { notifier, request, createWorker } = createTestDelivery();
    const { url, caught } = await startMailServer();
    const user = { id: "u-elise", email: "elise@example.test", locale: "fr", enabled: true };
    await notifier.queue(request({ user, model: { _user: { firstName: "<b>Élise</b>" } } }));
    await createWorker({ sender: createSender(url) }).drain();
    expect(caught[0]?.headers).toContain("Subject: =?UTF-8?Q?Votre_code_pour_Caf=C3=A9?=");
    expect(caught[0]?.body).toContain(`<b>Élise</b> : ${testCode}, 5 min, à usage unique`);
    expect(caught[0]?.body).toContain(`<p>&lt;b&gt;Élise&lt;/b&gt;: <b>${testCode}</b></p>`);
  });

  it("sends a subject of the step as it stands, whatever somebody typed into it, but never with the code", async () => {
    const { notifier, request, createWorker, fate } = createTestDelivery();
    const { sent, sender } = createListSender();
    await notifier.queue(request({ messageTheme: "{{ revokeUrl }} {% if" }));
    await notifier.queue(request({ messageTheme: `Your code is ${testCode}` }));
    await createWorker({ sender }).drain();
    expect(sent.map(({ subject }) => subject)).toEqual(["{{ revokeUrl }} {% if"]);
    expect(fate()).toEqual(["delivery_sent", "delivery_failed template"]);
  });

  it("goes to its recipient only, whatever names and subjects say", async () => {
    const { notifier, request, createWorker } = createTestDelivery();
    const { url, caught } = await startMailServer();
    const bcc = "x\r\nBcc: eve@example.test\r\n\r\nHello";
    const template = { id: "code", subject: "{{ _user.firstName }}", text: "{{ app }}" };
    await notifier.queue(request({ template, model: { _user: { firstName: bcc } } }));
    await notifier.queue(request({ appName: bcc }));
    await notifier.queue(request({ messageTheme: bcc }));
    await createWorker({ sender: createSender(url) }).drain();
    expect(caught).toHaveLength(3);
    for (const { recipients, headers } of caught) {
      expect(recipients).toEqual(["dana@example.test"]);
      expect(headers).toContain("x Bcc: eve@example.test Hello");
      expect(headers).not.toMatch(/^Bcc:/m);
    }
  });

  it.each(["dana@example.test\r\nBcc: eve@example.test", "dana@example.test,eve@example.test", "eve", ""])(
    "goes nowhere when the recipient's address is %j, and is queued all the same",
    async (email) => {
      const { notifier, request, createWorker, fate } = createTestDelivery();
      const { sent, sender } = createListSender();
      const user = { id: "u-dana", email, locale: null, enabled: true };
      expect(await notifier.queue(request({ user }))).toEqual({ status: "queued" });
      await createWorker({ sender }).drain();
      expect(sent).toEqual([]);
      expect(fate()).toEqual([]);
    },
  );
});

describe("a mail server that does not take a message", () => {
  it("is asked again after a while, when it refused for now", async () => {
    const { notifier, request, createWorker, fate, clock } = createTestDelivery();
    const { url, caught } = await startMailServer([451, { toRecipient: 450 }]);
    const worker = createWorker({ sender: createSender(url) });
    await notifier.queue(request());
    expect(await worker.drain()).toBe(1);
    expect(await worker.drain()).toBe(0);
    clock.advance(1000);
    expect(await worker.drain()).toBe(1);
    clock.advance(2000);
    expect(await worker.drain()).toBe(1);
    expect(fate()).toEqual(["delivery_delayed smtp_451", "delivery_delayed smtp_450", "delivery_sent"]);
    expect(caught).toHaveLength(1);
  });

  it("is not asked again, when it refused for good", async () => {
    const { notifier, request, createWorker, fate, clock } = createTestDelivery();
    const { url, caught } = await startMailServer([550]);
    const worker = createWorker({ sender: createSender(url) });
    await notifier.queue(request());
    await worker.drain();
    clock.advance(120_000);
    expect(await worker.drain()).toBe(0);
    expect(fate()).toEqual(["delivery_failed smtp_550"]);
    expect(caught).toEqual([]);
  });

  it("is asked until the code has too little to live, when it is down; then the message is dropped, and that is told", async () => {
    const { notifier, request, createWorker, fate, clock } = createTestDelivery();
    const { url, stop } = await startMailServer();
    await stop();
    const worker = createWorker({ sender: createSender(url) });
    await notifier.queue(request());
    for (let seconds = 0; seconds < 300; seconds += 15) {
      await worker.drain();
      clock.advance(15_000);
    }
    const told = fate();
    expect(told.length).toBeGreaterThan(10);
    expect(new Set(told.slice(0, -1))).toEqual(new Set(["delivery_delayed network"]));
    expect(told.at(-1)).toMatch(/^delivery_dropped_expired (?:network|expired)$/);
  });

  it("gets the message under the same id and with the same code, when it was gone after it took it", async () => {
    const { notifier, request, createWorker, fate, clock } = createTestDelivery();
    const { url, caught } = await startMailServer(["take-and-drop"]);
    const worker = createWorker({ sender: createSender(url) });
    await notifier.queue(request());
    await worker.drain();
    clock.advance(1000);
    await worker.drain();
    expect(fate()).toEqual(["delivery_delayed network", "delivery_sent"]);
    const ids = caught.map(({ headers }) => /^Message-ID: (.*)$/m.exec(headers)?.[1]);
    expect(ids).toEqual([ids[0], ids[0]]);
    for (const { body } of caught) expect(body).toContain(testCode);
  });

  it("is given up after some ten hours for a message without a code, which has no end of its own", async () => {
    const { notifier, request, createWorker, fate, clock } = createTestDelivery();
    const { url, stop } = await startMailServer();
    await stop();
    const worker = createWorker({ sender: createSender(url) });
    await notifier.queue(request({ challengeId: null }));
    for (let hours = 0; hours < 24; hours += 1) {
      await worker.drain();
      clock.advance(3_600_000);
    }
    expect(fate()).toHaveLength(24);
    expect(fate().at(-1)).toBe("delivery_failed network");
  });
});

describe("a worker", () => {
  it("sends again what was sent and not marked, under the same id", async () => {
    const { notifier, request, createWorker, fate, clock, outbox } = createTestDelivery();
    const { sent, sender } = createListSender();
    let marks = 0;
    const markSent: typeof outbox.markSent = async (claim) => {
      marks += 1;
      if (marks === 1) throw new Error("The database is gone.");
      await outbox.markSent(claim);
    };
    const worker = createWorker({ sender, outbox: { ...outbox, markSent } });
    await notifier.queue(request());
    await expect(worker.drain()).rejects.toThrow("The database is gone.");
    clock.advance(60_000);
    await worker.drain();
    expect(sent).toHaveLength(2);
    expect(sent[1]).toEqual(sent[0]);
    expect(fate()).toEqual(["delivery_sent"]);
  });

  it("sends nothing of a message that does not render with the real code", async () => {
    const { notifier, request, createWorker, fate } = createTestDelivery();
    const { sent, sender } = createListSender();
    const template: MessageTemplate = {
      id: "code",
      subject: "Your code",
      text: `{% if oneTimeCode.code == "${testCode}" %}{% include "none-such" %}{% endif %}Hello`,
    };
    expect(await notifier.queue(request({ template, renderType: "text" }))).toEqual({ status: "queued" });
    await createWorker({ sender }).drain();
    expect(sent).toEqual([]);
    expect(fate()).toEqual(["delivery_failed template"]);
  });

  it("sends no code that ended while its message was claimed", async () => {
    const { notifier, request, createWorker, fate, clock, challenges } = createTestDelivery();
    const { sent, sender } = createListSender();
    const worker = createWorker({
      sender,
      openCode: async (challengeId) => {
        challenges.set(challengeId, { state: "revoked", expiresAtMs: clock.now(), sealed: false });
        return null;
      },
    });
    await notifier.queue(request());
    await worker.drain();
    clock.advance(60_000);
    await worker.drain();
    expect(sent).toEqual([]);
    expect(fate()).toEqual(["delivery_dropped_expired revoked"]);
  });

  it("leaves a message that it has no key for to another worker, and says so", async () => {
    const { notifier, request, createWorker, fate, clock } = createTestDelivery();
    const { sent, sender } = createListSender();
    const unreadable = Object.assign(new Error("no key"), { code: "sealed-code-unreadable" });
    await notifier.queue(request());
    await createWorker({ sender, secretBox: createTestBox("k2") }).drain();
    clock.advance(1000);
    await createWorker({ sender, openCode: () => Promise.reject(unreadable) }).drain();
    clock.advance(2000);
    await createWorker({ sender }).drain();
    expect(sent).toHaveLength(1);
    expect(fate()).toEqual(["delivery_delayed key_unknown", "delivery_delayed key_unknown", "delivery_sent"]);
  });

  it("sends nobody's code to the address of another message, when rows were changed", async () => {
    const { notifier, request, createWorker, fate, outbox } = createTestDelivery();
    const { sent, sender } = createListSender();
    await notifier.queue(request());
    request();
    const claim: typeof outbox.claim = async (options) =>
      (await outbox.claim(options)).map((message) => ({ ...message, challengeId: "challenge-2" }));
    await createWorker({ sender, outbox: { ...outbox, claim } }).drain();
    expect(sent).toEqual([]);
    expect(fate()).toEqual(["delivery_delayed key_unknown"]);
  });

  it("sends what is added at once, without looking for it", async () => {
    const { notifier, request, createWorker, outbox } = createTestDelivery();
    const [looked, sent] = [createGate(), createGate()];
    const { sender } = createListSender(async () => sent.open());
    const claim: typeof outbox.claim = async (options) => {
      const claimed = await outbox.claim(options);
      // Whatever is added from here on, nobody looks for it.
      looked.open();
      return claimed;
    };
    const worker = createWorker({ sender, outbox: { ...outbox, claim }, parallel: 1, pollMs: 2_000_000_000 });
    worker.start();
    await looked.opened;
    await notifier.queue(request());
    await sent.opened;
  });

  it("sends a message in the moment in which it is due, and not before", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    onTestFinished(() => void vi.useRealTimers());
    const { clock, outbox, secretBox, request, createWorker } = createTestDelivery();
    const notifier = createOutboxNotifier({
      // Never at once.
      outbox: { add: async ({ delayMs = 0, ...message }) => outbox.add({ ...message, delayMs: delayMs + 10 }) },
      secretBox,
      tenant: "default",
    });
    let dueInMs = 0;
    outbox.onAdded((ms) => (dueInMs = ms));
    const pass = async (ms: number) => {
      clock.advance(ms);
      await vi.advanceTimersByTimeAsync(ms);
    };
    const { sent, sender } = createListSender();
    createWorker({ sender, pollMs: 2_000_000_000 }).start();
    await pass(0);
    await notifier.queue(request());
    await pass(dueInMs - 1);
    expect(sent).toEqual([]);
    await pass(2);
    await vi.waitFor(() => expect(sent).toHaveLength(1));
  });

  it("holds up no mail behind a slow one", async () => {
    const { notifier, request, createWorker } = createTestDelivery();
    const [slow, quick] = [createGate(), createGate()];
    const { sender } = createListSender(async ({ subject }) => {
      if (subject === "slow") await slow.opened;
      else quick.open();
    });
    await notifier.queue(request({ messageTheme: "slow" }));
    await notifier.queue(request({ messageTheme: "quick" }));
    createWorker({ sender }).start();
    await quick.opened;
    slow.open();
  });

  it("stops when the mail in hand is through, and begins no other", async () => {
    const { notifier, request, createWorker, fate } = createTestDelivery();
    const [begun, taken] = [createGate(), createGate()];
    const { sent, sender } = createListSender(async () => {
      begun.open();
      await taken.opened;
    });
    const worker = createWorker({ sender, parallel: 1 });
    await notifier.queue(request());
    await notifier.queue(request());
    worker.start();
    await begun.opened;
    const stopped = worker.stop();
    taken.open();
    await stopped;
    expect(sent).toHaveLength(1);
    expect(fate()).toEqual(["delivery_sent"]);
  });

  it("gives up a mail in hand that takes too long when it stops; it is sent again, under the same id", async () => {
    const { notifier, request, createWorker, fate, clock } = createTestDelivery();
    const [silent, other] = [await startMailServer(["hang"]), await startMailServer()];
    const smtp = createSmtpSender({ url: silent.url, from: "codes@example.test", timeoutMs: 2_000_000_000 });
    const begun = createGate();
    const { sent, sender } = createListSender(async (mail, options) => {
      begun.open();
      await smtp.send(mail, options);
    });
    const worker = createWorker({ sender });
    await notifier.queue(request());
    worker.start();
    await begun.opened;
    await worker.stop({ patienceMs: 0 });
    expect(fate()).toEqual(["delivery_delayed network"]);
    clock.advance(1000);
    await createWorker({ sender: createSender(other.url) }).drain();
    expect(other.caught[0]?.headers).toContain(`Message-ID: <${sent[0]?.messageId}@`);
    expect(fate()).toEqual(["delivery_delayed network", "delivery_sent"]);
  });

  it("shares an outbox with others: each message is sent by one of them", async () => {
    const { notifier, request, createWorker } = createTestDelivery();
    const { sent, sender } = createListSender();
    for (let count = 0; count < 20; count += 1) await notifier.queue(request());
    const counts = await Promise.all([1, 2, 3].map(() => createWorker({ sender }).drain()));
    expect(counts.reduce((sum, count) => sum + count)).toBe(20);
    expect(new Set(sent.map(({ messageId }) => messageId)).size).toBe(20);
  });

  it("tells of an outbox that cannot be read, and goes on when it can", async () => {
    const { notifier, request, createWorker, outbox } = createTestDelivery();
    const { open, opened } = createGate();
    const { sender } = createListSender(async () => open());
    const troubles: string[] = [];
    const claim: typeof outbox.claim = async (options) => {
      if (troubles.length === 0) throw new Error("The database is gone.");
      return outbox.claim(options);
    };
    const worker = createWorker({
      sender,
      outbox: { ...outbox, claim },
      parallel: 1,
      pollMs: 1,
      onTrouble: (error) => void troubles.push(String(error)),
    });
    await notifier.queue(request());
    worker.start();
    await opened;
    expect(troubles).toEqual(["Error: The database is gone."]);
  });
});
