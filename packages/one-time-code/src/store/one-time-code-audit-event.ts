import type { CodePurpose } from "../code/code-purpose.ts";

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
  | "wrong_code";

/** A fact about a challenge, written in the commit that made it true; it never holds a code, MAC, seal or address. */
export type OneTimeCodeAuditEvent = {
  /** The store's clock, milliseconds since 1970. */
  readonly atMs: number;
  readonly tenant: string;
  readonly userId: string | null;
  readonly clientId: string;
  readonly purpose: CodePurpose;
  readonly runId: string;
  readonly stepId: string;
  readonly challengeId: string | null;
} & (
  | { readonly event: "issued"; readonly decoy: boolean }
  | { readonly event: "test_code_revealed" }
  | { readonly event: "confirmed" | "locked"; readonly attemptNumber: number }
  /** `attemptNumber` is null when nothing was compared. */
  | { readonly event: "confirm_failed"; readonly reason: ConfirmFailure; readonly attemptNumber: number | null }
  | { readonly event: "key_unknown"; readonly kid: string }
  | { readonly event: "superseded"; readonly by: string }
  | { readonly event: "revoked_by_run" }
);
