/** A mail was not sent, for now or for good. */
export class MailNotSentError extends Error {
  override readonly name = "MailNotSentError";
  readonly code = "mail-not-sent";
  /** Such as `smtp_550` or `network`, for the audit trail: never the server's words, which may quote the address. */
  readonly reason: string;
  /** It would fail again. */
  readonly permanent: boolean;
  constructor(reason: string, { permanent }: { permanent: boolean }) {
    super(`The mail was not sent (${reason}); ${permanent ? "it is not tried again" : "it may be tried again"}.`);
    this.reason = reason;
    this.permanent = permanent;
  }
}
