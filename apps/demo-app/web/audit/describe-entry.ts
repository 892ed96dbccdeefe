import type { AuditEntry } from "./audit-api.ts";
import type { AuditTexts } from "./audit-texts.ts";

/** What an event is called; one that the page does not know reads as it is written. */
export function nameOfEvent(event: string, texts: AuditTexts): string {
  return texts.eventNames[event] ?? event.replaceAll("_", " ");
}

/** What else an entry tells, such as `wrong code · attempt 3`. */
export function describeDetails({ details }: AuditEntry, texts: AuditTexts): string {
  return Object.entries(details)
    .map(([name, value]) => describeDetail(name, value, texts))
    .filter((part) => part !== null)
    .join(" · ");
}

function describeDetail(name: string, value: unknown, texts: AuditTexts): string | null {
  if (value === null || (name === "decoy" && value === false)) return null;
  const text = Array.isArray(value) ? value.join(", ") : typeof value === "string" ? value : JSON.stringify(value);
  switch (name) {
    case "reason":
      return texts.reasons[text] ?? (text.startsWith("smtp_") ? texts.mailServer(text.slice(5)) : text);
    case "scope":
      return texts.scopes[text] ?? text;
    case "attemptNumber":
      return texts.attempt(Number(value));
    case "resend":
      return texts.resend(Number(value));
    case "decoy":
      return texts.decoy;
    case "by":
      return texts.replacedBy(shortId(text));
    default:
      return `${name}: ${text}`;
  }
}

/** Enough of an id to tell it from its neighbours. */
export function shortId(id: string): string {
  return id.length > 13 ? `${id.slice(0, 8)}…` : id;
}

/** Whether this is what a user who may no longer try would leave. */
export function asksForUnlock({ event, userId, details }: AuditEntry): boolean {
  if (userId === null) return false;
  return (
    event === "locked" ||
    (event === "budget_exhausted" && details["scope"] === "failures") ||
    (event === "confirm_failed" && details["reason"] === "wait")
  );
}
