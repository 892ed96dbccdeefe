/** A server that others rely on has nowhere to send its codes. */
export class MailServerMissingError extends Error {
  override readonly name = "MailServerMissingError";
  readonly code = "mail-server-missing";
  constructor() {
    super(
      "SMTP_URL is not set, so no code could be delivered. Name a mail server, such as SMTP_URL=smtp://mail.example.com:587, or start in test mode, where mails may wait.",
    );
  }
}
