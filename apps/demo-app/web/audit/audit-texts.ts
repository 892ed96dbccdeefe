import type { DemoLocale } from "../preferences/demo-texts.ts";
import { auditTextsFr } from "./audit-texts-fr.ts";

/** The words of the audit page. */
export interface AuditTexts {
  readonly title: string;
  readonly lead: string;
  readonly filters: string;
  readonly activeFilters: (count: number) => string;
  readonly events: string;
  readonly allEvents: string;
  readonly chosenEvents: (count: number) => string;
  readonly groups: Readonly<Record<"codes" | "mails" | "operation", string>>;
  readonly user: string;
  readonly client: string;
  readonly anyClient: string;
  readonly run: string;
  readonly challenge: string;
  readonly from: string;
  readonly to: string;
  readonly show: string;
  readonly clear: string;
  readonly refresh: string;
  readonly live: string;
  readonly readAt: (time: string) => string;
  readonly time: string;
  readonly event: string;
  readonly who: string;
  readonly trace: string;
  readonly step: string;
  readonly nobody: string;
  readonly only: (what: string, id: string) => string;
  readonly loading: string;
  readonly older: string;
  readonly end: string;
  readonly nothingYet: string;
  readonly nothingYetHint: string;
  readonly noMatch: string;
  readonly noMatchHint: string;
  readonly shown: (count: number) => string;
  readonly fresh: (count: number) => string;
  readonly offline: string;
  readonly stale: string;
  readonly unreachable: string;
  readonly missingScope: string;
  readonly failed: string;
  readonly retry: string;
  readonly unlock: string;
  readonly unlockUser: (id: string) => string;
  readonly unlockTitle: (id: string) => string;
  readonly unlockExplain: string;
  readonly unlocking: string;
  readonly unlocked: (id: string) => string;
  readonly cancel: string;
  readonly eventNames: Readonly<Record<string, string>>;
  readonly reasons: Readonly<Record<string, string>>;
  readonly scopes: Readonly<Record<string, string>>;
  readonly attempt: (attempt: number) => string;
  readonly resend: (resend: number) => string;
  readonly decoy: string;
  readonly replacedBy: (challenge: string) => string;
  readonly mailServer: (reply: string) => string;
}

const english: AuditTexts = {
  title: "Audit trail",
  lead: "What became of every code, mail and limit. Codes and addresses are never in it.",
  filters: "Filters",
  activeFilters: (count) => (count === 0 ? "Filters" : `Filters (${count})`),
  events: "Events",
  allEvents: "All events",
  chosenEvents: (count) => (count === 1 ? "1 event" : `${count} events`),
  groups: { codes: "Codes", mails: "Mails", operation: "Operation" },
  user: "User ID",
  client: "Client",
  anyClient: "Any client",
  run: "Run",
  challenge: "Code ID",
  from: "From",
  to: "To",
  show: "Show",
  clear: "Clear filters",
  refresh: "Refresh",
  live: "Live",
  readAt: (time) => `As of ${time}`,
  time: "Time",
  event: "Event",
  who: "User and client",
  trace: "Run and code",
  step: "step",
  nobody: "unknown user",
  only: (what, id) => `Only ${what} ${id}`,
  loading: "Loading the trail…",
  older: "Load older",
  end: "This is where the trail begins.",
  nothingYet: "Nothing has happened yet",
  nothingYetHint: "Ask for a code on the end-user page: it appears here.",
  noMatch: "No entry matches these filters",
  noMatchHint: "Widen the time, or clear the filters.",
  shown: (count) => (count === 1 ? "1 entry" : `${count} entries`),
  fresh: (count) => (count === 1 ? "1 new entry" : `${count} new entries`),
  offline: "You are offline.",
  stale: "What you see may be out of date.",
  unreachable: "The server does not answer.",
  missingScope: "This session may not read the audit trail. Sign in as an operator.",
  failed: "The trail could not be read.",
  retry: "Try again",
  unlock: "Unlock user",
  unlockUser: (id) => `Unlock user ${id}`,
  unlockTitle: (id) => `Unlock ${id}?`,
  unlockExplain:
    "The user’s failed tries are forgotten, and codes may be entered again at once. A code that is locked stays so: the user asks for a new one. The audit trail has a line for it.",
  unlocking: "Unlocking…",
  unlocked: (id) => `${id} may enter codes again.`,
  cancel: "Cancel",
  eventNames: {
    issued: "Code issued",
    resent: "Another code issued",
    issue_suppressed: "Code not issued",
    test_code_revealed: "Code shown in test mode",
    confirmed: "Code confirmed",
    confirm_failed: "Code not confirmed",
    locked: "Code locked",
    superseded: "Code replaced",
    revoked_by_user: "Code revoked by the user",
    revoked_by_run: "Code revoked with its run",
    key_unknown: "Key missing",
    budget_exhausted: "Limit reached",
    unlocked: "User unlocked",
    delivery_queued: "Mail queued",
    delivery_sent: "Mail sent",
    delivery_delayed: "Mail delayed",
    delivery_failed: "Mail failed",
    delivery_dropped_expired: "Mail dropped",
    user_put: "User stored",
    client_put: "Client stored",
    api_key_added: "API key added",
    api_key_revoked: "API key revoked",
  },
  reasons: {
    wrong_code: "wrong code",
    malformed: "not a well-formed code",
    expired: "too late",
    replayed: "used before",
    locked: "locked after too many tries",
    superseded: "replaced by a newer code",
    revoked: "revoked before",
    foreign: "belongs to another session, client or user",
    unknown: "no code was issued here",
    wait: "the user has to wait first",
    attempt_reused: "one attempt, two different codes",
    not_yet_valid: "not valid yet",
    key_unknown: "its key is gone",
    network_budget: "limit of the network",
    client_budget: "limit of the client",
    cooldown: "asked again too soon",
    resends: "too many resends",
    user_budget: "limit of the user",
    destination_budget: "limit of the address",
    delivered_before: "delivered before",
    confirmed: "confirmed before",
    network: "the mail server does not answer",
    unexpected: "unexpected failure",
  },
  scopes: {
    user: "codes for the user",
    destination: "mails to the address",
    failures: "failed tries of the user",
    network: "calls of the network",
    client: "calls of the client",
  },
  attempt: (attempt) => `attempt ${attempt}`,
  resend: (resend) => `resend ${resend}`,
  decoy: "decoy: nothing is sent",
  replacedBy: (challenge) => `by ${challenge}`,
  mailServer: (reply) => `the mail server answered ${reply}`,
};

/** The words of the audit page in a language. */
export function auditTexts(locale: DemoLocale): AuditTexts {
  return locale === "fr" ? auditTextsFr : english;
}
