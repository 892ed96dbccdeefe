import { Liquid } from "liquidjs";
import { longestRenderedText, templateLimits } from "../step/template-limits.ts";
import { MessageTemplateError } from "./message-template-error.ts";
import type { MessageSnapshot } from "./message-snapshot.ts";

/** A message as its recipient gets it. */
export interface RenderedMessage {
  /** One line. */
  readonly subject: string;
  readonly text: string | null;
  readonly html: string | null;
}

/** What is known only when a message is sent. */
export interface MessageSecrets {
  /** Null: the message carries none. */
  readonly code: string | null;
  readonly lifetimeMinutes: number | null;
  /** Where the recipient says that it was not them. */
  readonly revokeUrl: string | null;
}

const plain = new Liquid(templateLimits);
const escaping = new Liquid({ ...templateLimits, outputEscape: "escape" });

const longestSubject = 250;

/**
 * Renders a message; in HTML every value is escaped. The code stands in the bodies only.
 *
 * @throws MessageTemplateError
 */
export function renderMessage(snapshot: MessageSnapshot, secrets: MessageSecrets): RenderedMessage {
  const message = render(snapshot, secrets);
  if (secrets.code !== null && tellsOfCode(message.subject, snapshot, { ...secrets, code: secrets.code })) {
    throw new MessageTemplateError("its subject depends on the code. Leave the code to the text.");
  }
  return message;
}

/**
 * A subject is shown on locked screens and kept in logs of mail servers: what changes with the code tells of it, and so
 * does a finished one that holds it.
 */
function tellsOfCode(subject: string, snapshot: MessageSnapshot, secrets: MessageSecrets & { code: string }): boolean {
  if (typeof snapshot.theme === "string") return subject.includes(secrets.code);
  return render(snapshot, { ...secrets, code: standIn(secrets.code) }).subject !== subject;
}

/** Another code of the same length, none of whose symbols is at its place. */
function standIn(code: string): string {
  return Array.from(code, (symbol) => (symbol === "7" ? "3" : "7")).join("");
}

function render(snapshot: MessageSnapshot, { code, lifetimeMinutes, revokeUrl }: MessageSecrets): RenderedMessage {
  const { model, locale, appName, clientId, requestedAtMs } = snapshot;
  const issued = model["oneTimeCode"];
  const scope = {
    ...model,
    app: appName,
    client: clientId,
    lifetimeMinutes,
    requestedAt: formatTime(requestedAtMs, locale),
    revokeUrl,
    ...(code === null ? {} : { oneTimeCode: { ...(isObject(issued) ? issued : {}), code } }),
  };
  const subject = (snapshot.theme ?? fill(plain, snapshot.subject, scope, "subject"))
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ")
    .trim();
  const text = snapshot.text === null ? null : fill(plain, snapshot.text, scope, "text");
  const html = snapshot.html === null ? null : fill(escaping, snapshot.html, scope, "HTML");
  if (subject === "") throw new MessageTemplateError("its subject is empty. Write one.");
  if (subject.length > longestSubject) {
    throw new MessageTemplateError(`its subject is longer than ${longestSubject} characters. Shorten it.`);
  }
  if ((text ?? "").trim() === "" && (html ?? "").trim() === "") {
    throw new MessageTemplateError("it has neither a text nor HTML. Write one of them.");
  }
  return { subject, text, html };
}

function fill(liquid: Liquid, template: string, scope: object, part: string): string {
  let text: string;
  try {
    text = String(liquid.parseAndRenderSync(template, scope));
  } catch (error) {
    // The first line says what and where; the others quote, and a value of the model may be quoted too.
    const place = error instanceof Error ? (/line:?\s*\d+(?:,\s*col:?\s*\d+)?/.exec(error.message)?.[0] ?? "") : "";
    throw new MessageTemplateError(
      `its ${part} does not render${place === "" ? "" : ` (${place})`}. Correct the template.`,
    );
  }
  if (text.length > longestRenderedText) {
    throw new MessageTemplateError(`its ${part} is longer than ${longestRenderedText} characters. Put less into it.`);
  }
  return text;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function formatTime(ms: number, locale: string): string {
  const options = { dateStyle: "long", timeStyle: "short", timeZone: "UTC" } as const;
  try {
    return `${new Intl.DateTimeFormat(locale, options).format(ms)} UTC`;
  } catch {
    return `${new Intl.DateTimeFormat("en", options).format(ms)} UTC`;
  }
}
