import { isMailAddress } from "@onceflow/step-runtime";
import nodemailer from "nodemailer";
import { MailNotSentError } from "./mail-not-sent-error.ts";
import type { MailSender } from "./mail-sender.ts";

/** An address or a server that mails cannot be sent from. */
class InvalidMailSettingError extends Error {
  override readonly name = "InvalidMailSettingError";
  readonly code = "invalid-mail-setting";
}

/** What a 5xx reply to one of these says is about the mail; to any other command it is about the server or its password. */
const mailCommands = new Set(["MAIL FROM", "RCPT TO", "DATA"]);

/**
 * Sends over SMTP, one recipient a mail.
 *
 * @param options.url `smtps://user:password@host:465` for TLS from the start. With `smtp://host:587` STARTTLS is used
 *   where it is offered; `?requireTLS=true` behind it sends nothing without.
 * @param options.from `Onceflow <codes@example.com>`
 * @param options.timeoutMs how long one mail may take in all. @default 30000
 * @throws InvalidMailSettingError
 */
export function createSmtpSender({
  url,
  from,
  timeoutMs = 30_000,
}: {
  url: string;
  from: string;
  timeoutMs?: number;
}): MailSender {
  if (!URL.canParse(url) || !["smtp:", "smtps:"].includes(new URL(url).protocol) || new URL(url).hostname === "") {
    throw new InvalidMailSettingError(
      "SMTP_URL is no address of a mail server. Write one such as smtp://mail.example.com:587.",
    );
  }
  const sender = parseSender(from);
  const host = sender.address.slice(sender.address.lastIndexOf("@") + 1);
  const transport = nodemailer.createTransport({
    url,
    pool: true,
    maxConnections: 4,
    // The outbox counts the tries.
    maxRequeues: 0,
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async send({ messageId, to, subject, text, html }, { signal } = {}) {
      if (!isMailAddress(to)) throw new MailNotSentError("address", { permanent: true });
      // The timeouts above start anew with each byte that a server trickles.
      const timeout = AbortSignal.timeout(timeoutMs);
      try {
        await transport.sendMail({
          from: sender,
          // An object is taken as one address and never split.
          to: { name: "", address: to },
          envelope: { from: sender.address, to: [to] },
          messageId: `<${messageId}@${host}>`,
          subject,
          ...(text === null ? {} : { text }),
          ...(html === null ? {} : { html }),
          // RFC 3834 §5: nobody's vacation program answers.
          headers: { "Auto-Submitted": "auto-generated" },
          signal: signal === undefined ? timeout : AbortSignal.any([timeout, signal]),
        });
      } catch (error) {
        throw toMailNotSentError(error);
      }
    },
    close: () => transport.close(),
  };
}

function parseSender(from: string): { name: string; address: string } {
  const named = /^(?<name>[^\p{Cc}<>]{0,200})<(?<address>[^<>]*)>$/u.exec(from.trim())?.groups;
  const address = (named?.["address"] ?? from).trim();
  if (!isMailAddress(address)) {
    throw new InvalidMailSettingError(
      'MAIL_FROM is no mail address. Write one such as "Onceflow <codes@example.com>".',
    );
  }
  return { name: (named?.["name"] ?? "").trim().replace(/^"(.*)"$/, "$1"), address };
}

/** Keeps the reply code of what nodemailer throws: its words may quote the address. */
function toMailNotSentError(error: unknown): MailNotSentError {
  const reply = error instanceof Error && "responseCode" in error ? Number(error.responseCode) : 0;
  const command = error instanceof Error && "command" in error ? String(error.command) : "";
  const reason = reply >= 400 && reply < 600 ? `smtp_${reply}` : "network";
  return new MailNotSentError(reason, { permanent: reply >= 500 && reply < 600 && mailCommands.has(command) });
}
