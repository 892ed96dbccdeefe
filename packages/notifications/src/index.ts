export { createOutboxNotifier } from "./create-outbox-notifier.ts";
export { createOutboxWorker } from "./create-outbox-worker.ts";
export type { OutboxWorker, OutboxWorkerOptions } from "./create-outbox-worker.ts";
export { createRevokeLinks } from "./create-revoke-links.ts";
export type { RevokeLinks } from "./create-revoke-links.ts";
export { createSmtpSender } from "./create-smtp-sender.ts";
export { MailNotSentError } from "./mail-not-sent-error.ts";
export type { MailSender, OutgoingMail } from "./mail-sender.ts";
export type { MailOpeners, OpenedCode } from "./prepare-mail.ts";
