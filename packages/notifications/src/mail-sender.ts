import type { RenderedMessage } from "@onceflow/step-runtime";

/** A message on its way to one mailbox. */
export interface OutgoingMail extends RenderedMessage {
  /** Stable over tries: a mailbox shows a duplicate once, as far as it can. */
  readonly messageId: string;
  readonly to: string;
}

/** Hands mails to a mail server. */
export interface MailSender {
  /**
   * @throws MailRefusedError when the server refused the mail for good; anything else may be tried again
   */
  send(mail: OutgoingMail): Promise<void>;
  close(): void;
}

/** The mail server refused a mail for good (a 5xx reply, RFC 5321 §4.2.1). */
export class MailRefusedError extends Error {
  override readonly name = "MailRefusedError";
  readonly code = "mail-refused";
  /** The SMTP reply code, without the server's words: those may quote the address. */
  readonly reply: number;
  constructor(reply: number) {
    super(`The mail server refused the mail with ${reply}.`);
    this.reply = reply;
  }
}
