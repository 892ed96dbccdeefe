import type { ClaimedMessage, MessageSnapshot, Outbox } from "@onceflow/step-runtime";
import { SMTPServer } from "smtp-server";
import { describe, expect, it, onTestFinished } from "vitest";
import { createOutboxWorker } from "./create-outbox-worker.ts";
import { createSmtpSender } from "./create-smtp-sender.ts";

const from = "Onceflow <codes@example.test>";

interface CaughtMail {
  readonly recipients: readonly string[];
  readonly source: string;
}

/** A mail server that answers each mail as told; real SMTP over loopback. */
async function startMailServer(answers: readonly (number | null)[] = []) {
  const caught: CaughtMail[] = [];
  const left = [...answers];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS", "AUTH"],
    onData(stream, session, callback) {
      let source = "";
      stream.on("data", (chunk: Buffer) => (source += chunk.toString("latin1")));
      stream.on("end", () => {
        const code = left.shift() ?? null;
        if (code !== null)
          return callback(Object.assign(new Error("dana@example.test is not here"), { responseCode: code }));
        caught.push({ recipients: session.envelope.rcptTo.map(({ address }) => address), source });
        callback();
      });
    },
  });
  const port = await new Promise<number>((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.server.address();
      resolve(typeof address === "object" && address !== null ? address.port : 0);
    });
  });
  const stop = () => new Promise<void>((resolve) => server.close(() => resolve()));
  onTestFinished(stop);
  return { url: `smtp://127.0.0.1:${port}`, caught, stop };
}

const snapshot: MessageSnapshot = {
  to: "dana@example.test",
  locale: "fr",
  subject: "Votre code pour {{ app }}",
  text: "Le code : {{ oneTimeCode.code }}, valable {{ lifetimeMinutes }} min.",
  html: "<p>{{ _user.firstName }} : <b>{{ oneTimeCode.code }}</b> {{ revokeUrl }}</p>",
  model: { _user: { firstName: "<Élise>" } },
  appName: "Café",
  clientId: "digital-workplace",
  requestedAtMs: 0,
};

/** One message in a list; the marks tell what became of it. */
function createListOutbox(sealed: MessageSnapshot) {
  const message: ClaimedMessage = {
    messageId: "message-1",
    tenant: "default",
    runId: "run-1",
    challengeId: "challenge-1",
    sealed: new TextEncoder().encode(JSON.stringify(sealed)),
    tries: 0,
    expiresAtMs: 300_000,
  };
  const marks: string[] = [];
  let due = true;
  const outbox: Outbox = {
    add: async () => true,
    claim: async () => {
      const claimed = due ? [message] : [];
      due = false;
      return claimed;
    },
    markSent: async (id) => void marks.push(`${id} sent`),
    markDelayed: async (id, { reason }) => void marks.push(`${id} delayed ${reason}`),
    markFailed: async (id, { reason }) => void marks.push(`${id} failed ${reason}`),
    clean: async () => 0,
  };
  return { outbox, marks, again: () => void (due = true) };
}

function createWorker(url: string, sealed: MessageSnapshot = snapshot) {
  const list = createListOutbox(sealed);
  const sender = createSmtpSender({ url, from });
  onTestFinished(() => sender.close());
  const worker = createOutboxWorker({
    outbox: list.outbox,
    // The bytes are the subject of other tests.
    secretBox: { seal: async (plain) => plain, open: async (bytes) => bytes },
    sender,
    openCode: async () => ({
      code: "12345678",
      issuedAt: "2026-01-01T00:00:00.000Z",
      expiresAt: "2026-01-01T00:05:00.000Z",
    }),
    revokeUrl: async () => "https://codes.example.test/not-me/x",
    onTrouble: () => {},
  });
  return { worker, ...list };
}

describe("a mail on its way", () => {
  it("has one recipient, a stable Message-ID, Auto-Submitted, both bodies, and the code in neither header", async () => {
    const { url, caught } = await startMailServer();
    const { worker, marks, again } = createWorker(url);
    expect(await worker.drain()).toBe(1);
    again();
    await worker.drain();
    expect(marks).toEqual(["message-1 sent", "message-1 sent"]);
    for (const { recipients, source } of caught) {
      expect(recipients).toEqual(["dana@example.test"]);
      const [headers = ""] = source.split("\r\n\r\n", 1);
      expect(headers).toContain("Message-ID: <message-1@example.test>");
      expect(headers).toContain("Auto-Submitted: auto-generated");
      expect(headers).toContain("multipart/alternative");
      expect(headers).not.toContain("12345678");
      expect(source).toContain("Le code : 12345678, valable 5 min.");
      expect(source).not.toContain("<Élise>");
    }
    expect(caught).toHaveLength(2);
  });

  it("tries again after a temporary refusal, and gives up after a final one, with the reply code only", async () => {
    const { url, caught } = await startMailServer([451, 550]);
    const { worker, marks, again } = createWorker(url);
    await worker.drain();
    again();
    await worker.drain();
    expect(marks).toEqual(["message-1 delayed smtp-temporary", "message-1 failed smtp-550"]);
    expect(caught).toEqual([]);
  });

  it("waits for a mail server that is down", async () => {
    const { url, stop } = await startMailServer();
    await stop();
    const { worker, marks } = createWorker(url);
    await worker.drain();
    expect(marks).toEqual(["message-1 delayed smtp-temporary"]);
  });

  it.each([
    ["a subject that depends on the code", { subject: "{{ oneTimeCode.code | slice: 0, 3 }}" }],
    ["a filter that fails", { text: "{{ 'x' | none_such" }],
    ["nothing to say", { text: "", html: null }],
  ])("sends nothing of a template with %s", async (_title, changes) => {
    const { url, caught } = await startMailServer();
    const { worker, marks } = createWorker(url, { ...snapshot, ...changes });
    await worker.drain();
    expect(marks).toEqual(["message-1 failed template"]);
    expect(caught).toEqual([]);
  });

  it("keeps a subject in one line", async () => {
    const { url, caught } = await startMailServer();
    const { worker } = createWorker(url, {
      ...snapshot,
      subject: "Hello {{ name }}",
      model: { name: "x\r\nBcc: eve@example.test" },
    });
    await worker.drain();
    expect(caught[0]?.recipients).toEqual(["dana@example.test"]);
    expect(caught[0]?.source).toContain("Subject: Hello x Bcc: eve@example.test");
    expect(caught[0]?.source).not.toMatch(/^Bcc:/m);
  });

  it.each([
    ["http://mail.example.test", from],
    ["smtp://mail.example.test", "nobody"],
    ["smtp://mail.example.test", "a@example.test\r\nBcc: eve@example.test"],
  ])("does not start with %s and %j", (url, sender) => {
    expect(() => createSmtpSender({ url, from: sender })).toThrow(
      expect.objectContaining({ code: "invalid-mail-setting" }),
    );
  });
});
