import { describe, expect, it, onTestFinished } from "vitest";
import { createSmtpSender } from "./create-smtp-sender.ts";
import type { OutgoingMail } from "./mail-sender.ts";
import { startMailServer } from "./testing/mail-server.ts";

const mail: OutgoingMail = {
  messageId: "message-1",
  to: "dana@example.test",
  subject: "Your code",
  text: "The code is 12345678.",
  html: "<p>The code is <b>12345678</b>.</p>",
};

function createSender(url: string, { from = "Onceflow <codes@example.test>", timeoutMs = 30_000 } = {}) {
  const sender = createSmtpSender({ url, from, timeoutMs });
  onTestFinished(() => sender.close());
  return sender;
}

/** How a mail fails. */
async function failure(sending: Promise<void>): Promise<{ reason: unknown; permanent: unknown; text: string }> {
  try {
    await sending;
  } catch (error) {
    const { reason, permanent } = error as { reason: unknown; permanent: unknown };
    return { reason, permanent, text: `${String(error)} ${JSON.stringify(error)}` };
  }
  throw new Error("The mail was sent.");
}

describe("the SMTP sender", () => {
  it("sends a text and an HTML body to one recipient, as a machine's mail with the given id", async () => {
    const { url, caught } = await startMailServer();
    await createSender(url).send(mail);
    const [sent] = caught;
    expect(sent?.recipients).toEqual(["dana@example.test"]);
    expect(sent?.headers.split("\r\n")).toEqual(
      expect.arrayContaining([
        "From: Onceflow <codes@example.test>",
        "To: dana@example.test",
        "Subject: Your code",
        "Message-ID: <message-1@example.test>",
        "Auto-Submitted: auto-generated",
        expect.stringMatching(/^Date: .+ \+0000$/),
        expect.stringMatching(/^Content-Type: multipart\/alternative;/),
      ]),
    );
    expect(sent?.headers).not.toMatch(/^(?:Cc|Bcc|Reply-To|X-Mailer):/im);
    expect(sent?.body).toContain("The code is 12345678.");
    expect(sent?.body).toContain("<b>12345678</b>");
  });

  it("leaves a body out that there is none of", async () => {
    const { url, caught } = await startMailServer();
    const sender = createSender(url);
    await sender.send({ ...mail, html: null });
    await sender.send({ ...mail, text: null });
    expect(caught[0]?.headers).toContain("Content-Type: text/plain; charset=utf-8");
    expect(caught[1]?.headers).toContain("Content-Type: text/html; charset=utf-8");
  });

  it("keeps French whole, in subject, text and HTML", async () => {
    const { url, caught } = await startMailServer();
    const text = "Bonjour Élise, votre code à usage unique : 12345678 — valable 5 min. Où ça ? À l’été, cœur naïf.";
    await createSender(url).send({ ...mail, subject: "Votre code à usage unique", text, html: `<p>${text}</p>` });
    expect(caught[0]?.body).toContain(text);
    expect(caught[0]?.body).toContain(`<p>${text}</p>`);
    expect(caught[0]?.headers).toContain("Subject: =?UTF-8?Q?Votre_code_=C3=A0_usage_unique?=");
  });

  it("makes no header of a line break in a subject", async () => {
    const { url, caught } = await startMailServer();
    await createSender(url).send({ ...mail, subject: "Hello\r\nBcc: eve@example.test" });
    expect(caught[0]?.recipients).toEqual(["dana@example.test"]);
    expect(caught[0]?.headers).not.toMatch(/^Bcc:/im);
  });

  it.each([
    "dana@example.test, eve@example.test",
    "dana@example.test\r\nBcc: eve@example.test",
    "dana@example.test>\r\nRCPT TO:<eve@example.test",
    "dana@example.test eve@example.test",
    "Dana <dana@example.test>",
    "dana",
    "",
  ])("sends nothing to %j", async (to) => {
    const { url, caught } = await startMailServer();
    expect(await failure(createSender(url).send({ ...mail, to }))).toMatchObject({
      reason: "address",
      permanent: true,
    });
    expect(caught).toEqual([]);
  });

  it.each([
    [550, true],
    [554, true],
    [421, false],
    [451, false],
  ])("takes a %d reply to the mail as final: %j", async (reply, permanent) => {
    const { url } = await startMailServer([reply, { toRecipient: reply }]);
    const sender = createSender(url);
    for (const _command of ["DATA", "RCPT TO"]) {
      const { text, ...facts } = await failure(sender.send(mail));
      expect(facts).toEqual({ reason: `smtp_${reply}`, permanent });
      expect(text).not.toContain("dana");
    }
  });

  it("may try again after a wrong password: it is not the mail's fault", async () => {
    const { port } = await startMailServer([], {
      disabledCommands: ["STARTTLS"],
      authOptional: false,
      allowInsecureAuth: true,
      onAuth: (_auth, _session, callback) => callback(null, {}),
    });
    const { text, ...facts } = await failure(createSender(`smtp://dana:hunter2@127.0.0.1:${port}`).send(mail));
    expect(facts).toEqual({ reason: "smtp_535", permanent: false });
    expect(text).not.toMatch(/dana|hunter2/);
  });

  it("may try again when the server is down, hangs, or is gone after it took the mail", async () => {
    const { url, stop, caught } = await startMailServer(["hang", "take-and-drop"]);
    const temporary = { reason: "network", permanent: false };
    expect(await failure(createSender(url, { timeoutMs: 300 }).send(mail))).toMatchObject(temporary);
    expect(await failure(createSender(url).send(mail))).toMatchObject(temporary);
    expect(caught).toHaveLength(1);
    await stop();
    expect(await failure(createSender(url).send(mail))).toMatchObject(temporary);
  });

  it("uses STARTTLS where it is offered, and sends nothing without when it is required", async () => {
    const plain = await startMailServer();
    expect(await failure(createSender(`${plain.url}?requireTLS=true`).send(mail))).toMatchObject({ permanent: false });
    expect(plain.caught).toEqual([]);
    const offering = await startMailServer([], { disabledCommands: ["AUTH"] });
    await createSender(`${offering.url}?requireTLS=true&tls.rejectUnauthorized=false`).send(mail);
    expect(offering.caught).toMatchObject([{ secure: true }]);
    // A certificate that nobody vouches for is somebody else's, for all we know.
    expect(await failure(createSender(offering.url).send(mail))).toMatchObject({ permanent: false });
  });

  it("speaks TLS from the start to smtps://", async () => {
    const { port, caught } = await startMailServer([], { secure: true });
    await createSender(`smtps://127.0.0.1:${port}?tls.rejectUnauthorized=false`).send(mail);
    expect(caught).toMatchObject([{ secure: true }]);
  });

  it("takes a sender's name as it is written", async () => {
    const { url, caught } = await startMailServer();
    await createSender(url, { from: '"Café, Ltd." <codes@example.test>' }).send(mail);
    await createSender(url, { from: "codes@example.test" }).send(mail);
    expect(caught.map(({ headers }) => /^From: (.*)$/m.exec(headers)?.[1])).toEqual([
      "=?UTF-8?Q?Caf=C3=A9=2C_Ltd=2E?= <codes@example.test>",
      "codes@example.test",
    ]);
  });

  it.each([
    ["http://mail.example.test", "codes@example.test"],
    ["smtp:", "codes@example.test"],
    ["mail.example.test", "codes@example.test"],
    ["smtp://mail.example.test", "nobody"],
    ["smtp://mail.example.test", ""],
    ["smtp://mail.example.test", "codes@example.test>"],
    ["smtp://mail.example.test", "a@example.test, b@example.test"],
    ["smtp://mail.example.test", "a@example.test\r\nBcc: eve@example.test"],
    ["smtp://mail.example.test", "Codes\r\nBcc: eve@example.test <a@example.test>"],
  ])("does not start with %j and %j", (url, from) => {
    expect(() => createSmtpSender({ url, from })).toThrow(expect.objectContaining({ code: "invalid-mail-setting" }));
  });
});
