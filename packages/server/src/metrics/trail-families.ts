/** A counter over the audit trail: which entries it counts, and as which value of its one label. */
export interface TrailFamily {
  readonly name: string;
  readonly help: string;
  readonly label: string;
  /** Label values by `event` or `event/reason`; closed, so that nothing of an entry can become a label. */
  readonly values: ReadonlyMap<string, string>;
}

/** The counters over the audit trail. */
export const trailFamilies: readonly TrailFamily[] = [
  {
    name: "onceflow_codes_total",
    help: "One-time codes by what became of them",
    label: "event",
    values: new Map(
      [
        "issued",
        "resent",
        "confirmed",
        "locked",
        "superseded",
        "revoked_by_user",
        "revoked_by_run",
        "key_unknown",
        "test_code_revealed",
      ].map((event) => [event, event]),
    ),
  },
  {
    name: "onceflow_code_issues_suppressed_total",
    help: "Codes that a limit kept from being issued",
    label: "reason",
    values: reasons("issue_suppressed", [
      "cooldown",
      "resends",
      "user_budget",
      "destination_budget",
      "network_budget",
      "client_budget",
    ]),
  },
  {
    name: "onceflow_code_confirms_failed_total",
    help: "Submitted codes that confirmed nothing",
    label: "reason",
    values: reasons("confirm_failed", [
      "wrong_code",
      "malformed",
      "expired",
      "replayed",
      "locked",
      "superseded",
      "revoked",
      "foreign",
      "unknown",
      "wait",
      "attempt_reused",
      "not_yet_valid",
      "key_unknown",
      "network_budget",
      "client_budget",
    ]),
  },
  {
    name: "onceflow_budgets_exhausted_total",
    help: "Budgets that were used up",
    label: "scope",
    values: reasons("budget_exhausted", ["user", "destination", "failures", "network", "client"]),
  },
  {
    name: "onceflow_mails_total",
    help: "Mails by what became of them; queued counts decoys, which nobody sends",
    label: "status",
    values: new Map([
      ["delivery_queued", "queued"],
      ["delivery_sent", "sent"],
      ["delivery_delayed", "delayed"],
      ["delivery_failed", "failed"],
      ["delivery_dropped_expired", "dropped"],
    ]),
  },
];

/** The label values of an event that has reasons; one that is not known here is `other`. */
function reasons(event: string, known: readonly string[]): ReadonlyMap<string, string> {
  return new Map([...known.map((reason) => [`${event}/${reason}`, reason] as const), [event, "other"]]);
}
