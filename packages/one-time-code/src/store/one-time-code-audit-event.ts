import type { CodePurpose } from "../code/code-purpose.ts";

/** Why an issue made nothing new, in the order in which it is checked; the answer to the caller does not tell. */
export type IssueSuppression =
  /** The network issued too many. */
  | "network_budget"
  /** The client issued too many. */
  | "client_budget"
  /** The last issue for the user, client and purpose is too fresh. */
  | "cooldown"
  /** The code was resent often enough, or a further one would live too short. */
  | "resends"
  /** Too many for the user, client and purpose. */
  | "user_budget"
  /** Too many for the address. */
  | "destination_budget";

/** Why a submission did not confirm; the answer to the caller does not tell. */
export type ConfirmFailure =
  | "attempt_reused"
  | "unknown"
  | "foreign"
  | "replayed"
  | "locked"
  | "superseded"
  | "revoked"
  | "expired"
  /** The store's clock went back behind the issue. */
  | "not_yet_valid"
  | "key_unknown"
  | "malformed"
  /** Too soon after failures of the user: nothing was compared. */
  | "wait"
  /** The network or the client confirmed too often: nothing was compared. */
  | "network_budget"
  | "client_budget"
  | "wrong_code";

/** A limit that was reached, by whom it counts. */
export type BudgetScope = "user" | "destination" | "network" | "client" | "failures";

/** A fact about a challenge, written in the commit that made it true; it never holds a code, MAC, seal or address. */
export type OneTimeCodeAuditEvent = {
  /** The store's clock, milliseconds since 1970. */
  readonly atMs: number;
  readonly tenant: string;
  readonly userId: string | null;
  readonly clientId: string | null;
  readonly purpose: CodePurpose | null;
  readonly runId: string | null;
  readonly stepId: string | null;
  readonly challengeId: string | null;
  readonly ipClass: string | null;
} &
  /** `resend`: how many came before in the same session, client and purpose. */
  (
    | { readonly event: "issued"; readonly decoy: boolean }
    | { readonly event: "resent"; readonly decoy: boolean; readonly resend: number }
    | { readonly event: "issue_suppressed"; readonly reason: IssueSuppression }
    | { readonly event: "test_code_revealed" }
    | { readonly event: "confirmed" | "locked"; readonly attemptNumber: number }
    /** `attemptNumber` is null when nothing was compared. */
    | { readonly event: "confirm_failed"; readonly reason: ConfirmFailure; readonly attemptNumber: number | null }
    /** The debit that reached a limit, and with it the last one before it is over. */
    | { readonly event: "budget_exhausted"; readonly scope: BudgetScope }
    | { readonly event: "key_unknown"; readonly kid: string }
    | { readonly event: "superseded"; readonly by: string }
    | { readonly event: "revoked_by_run" | "revoked_by_user" | "unlocked" }
  );
