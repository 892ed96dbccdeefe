import nodemailer from "nodemailer";
import { MailRefusedError, type MailSender } from "./mail-sender.ts";

/** An address or a server that mails cannot be sent from. */
class InvalidMailSettingError extends Error {
  override readonly name = "InvalidMailSettingError";
  readonly code = "invalid-mail-setting";
}

// RFC 5322 §3.4 allows far more; one plain address, with or without a name, is all that a sender needs.
const sender = /^(?:[^\r\n<>]{0,200}<)?([^\s@<>,;]{1,64}@[^\s@<>,;]{1,255})>?$/u;

/**
 * Sends over SMTP, one recipient a mail.
 *
 * @param options.url `smtp://user:password@host:port`, or `smtps://` for TLS from the start; STARTTLS is used where offered
 * @param options.from `Onceflow <codes@example.com>`
 * @throws InvalidMailSettingError
 */
export function createSmtpSender({ url, from }: { url: string; from: string }): MailSender {
  if (!URL.canParse(url) || !["smtp:", "smtps:"].includes(new URL(url).protocol)) {
    throw new InvalidMailSettingError(
      "SMTP_URL is no address of a mail server. Write one such as smtp://mail.example.com:587.",
    );
  }
  const address = sender.exec(from)?.[1];
  if (address === undefined) {
    throw new InvalidMailSettingError(
      'MAIL_FROM is no mail address. Write one such as "Onceflow <codes@example.com>".',
    );
  }
  const host = address.slice(address.lastIndexOf("@") + 1);
  const transport = nodemailer.createTransport({
    url,
    pool: true,
    maxConnections: 2,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 30_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async send({ messageId, to, subject, text, html }) {
      try {
        await transport.sendMail({
          from,
          // An object is taken as one address and never split.
          to: { name: "", address: to },
          envelope: { from: address, to: [to] },
          messageId: `<${messageId}@${host}>`,
          subject,
          ...(text === null ? {} : { text }),
          ...(html === null ? {} : { html }),
          // RFC 3834 §5: nobody's vacation program answers.
          headers: { "Auto-Submitted": "auto-generated" },
        });
      } catch (error) {
        const reply = error instanceof Error && "responseCode" in error ? Number(error.responseCode) : 0;
        if (reply >= 500 && reply < 600) throw new MailRefusedError(reply);
        throw error;
      }
    },
    close: () => transport.close(),
  };
}
