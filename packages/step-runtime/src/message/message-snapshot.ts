import { localize, type LocalizedText } from "../component/localized-text.ts";
import type { JsonObject } from "../component/json.ts";
import type { QueueNotification } from "../ports/notifier.ts";
import type { ModelValue } from "../step/model.ts";
import { Secret, secretMask } from "../step/secret.ts";
import { isMailAddress } from "./is-mail-address.ts";

/** All that a message is made of but its code, as plain JSON: what is changed afterwards changes no message that waits. */
export interface MessageSnapshot {
  /** Null: nobody can be reached, nothing is sent. */
  readonly to: string | null;
  readonly locale: string;
  /** Liquid, in the recipient's language, as are text and HTML. */
  readonly subject: string;
  /** A finished subject instead; null: the template's is rendered. */
  readonly theme: string | null;
  readonly text: string | null;
  readonly html: string | null;
  /** Its secrets are masked. */
  readonly model: JsonObject;
  readonly appName: string;
  readonly clientId: string;
  /** Milliseconds since 1970. */
  readonly requestedAtMs: number;
}

/** Takes what a message needs out of a request. */
export function snapshotMessage(request: QueueNotification): MessageSnapshot {
  const { user, template, renderType, messageTheme, model, appName, caller, requestedAtMs } = request;
  const locale = user?.locale ?? "en";
  const inLocale = (text: LocalizedText | undefined) => (text === undefined ? null : localize(text, locale));
  const email = user?.enabled === true ? user.email : null;
  return {
    to: email !== null && isMailAddress(email) ? email : null,
    locale,
    subject: inLocale(template.subject) ?? "",
    theme: messageTheme,
    text: renderType === "html" ? null : inLocale(template.text),
    html: renderType === "text" ? null : inLocale(template.html),
    model: withoutSecrets(model) as JsonObject,
    appName: localize(appName, locale),
    clientId: caller.clientId,
    requestedAtMs,
  };
}

function withoutSecrets(value: ModelValue): unknown {
  if (value instanceof Secret) return secretMask;
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map(withoutSecrets);
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, withoutSecrets(entry)]));
}
