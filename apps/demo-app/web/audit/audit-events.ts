/** How an event is marked; its words say the same. */
export type EventTone = "good" | "bad" | "plain";

/** The events that one can filter by, in the groups of the form. */
export const eventGroups = {
  codes: [
    "issued",
    "resent",
    "issue_suppressed",
    "confirmed",
    "confirm_failed",
    "locked",
    "superseded",
    "revoked_by_user",
    "revoked_by_run",
    "test_code_revealed",
  ],
  mails: ["delivery_queued", "delivery_sent", "delivery_delayed", "delivery_failed", "delivery_dropped_expired"],
  operation: [
    "budget_exhausted",
    "unlocked",
    "key_unknown",
    "user_put",
    "client_put",
    "api_key_added",
    "api_key_revoked",
  ],
} as const;

const good = new Set(["confirmed", "delivery_sent", "unlocked"]);
const bad = new Set([
  "confirm_failed",
  "locked",
  "issue_suppressed",
  "key_unknown",
  "budget_exhausted",
  "delivery_failed",
  "delivery_dropped_expired",
]);

/** How an event is marked. */
export function toneOf(event: string): EventTone {
  return good.has(event) ? "good" : bad.has(event) ? "bad" : "plain";
}
