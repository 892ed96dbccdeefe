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
   * @param options.signal aborted: the mail is given up where it is
   * @throws MailNotSentError; whether a mail that failed for now is on its way all the same, nobody knows
   */
  send(mail: OutgoingMail, options?: { readonly signal?: AbortSignal }): Promise<void>;
  close(): void;
}
