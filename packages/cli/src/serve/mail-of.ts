import type { ServiceOptions } from "./create-service.ts";
import { InvalidSettingError } from "./invalid-setting-error.ts";
import type { Settings } from "./read-settings.ts";

/**
 * Where mails go and whom they are from; undefined: there is no mail server.
 *
 * @throws InvalidSettingError for a mail server without a sender
 */
export function mailOf({ smtpUrl, mailFrom }: Pick<Settings, "smtpUrl" | "mailFrom">): ServiceOptions["mail"] {
  if (smtpUrl === undefined) return undefined;
  if (mailFrom === undefined) {
    throw new InvalidSettingError(
      'SMTP_URL is set without MAIL_FROM. Name the sender of mails, such as MAIL_FROM="Codes <codes@example.com>".',
    );
  }
  return { url: smtpUrl, from: mailFrom };
}
