/** What a code is for; it decides how many codes there must at least be (`second_factor` 10^6, `sole_factor` 10^8). */
export type CodePurpose = "second_factor" | "sole_factor";

/** `digits`: 0–9, 6–10 long. `unambiguous30`: digits and capitals without look-alikes, 6–12 long. */
export type CodeAlphabet = "digits" | "unambiguous30";

/** Issues one-time codes and confirms them; every call is one atomic commit of the adapter. */
export interface OneTimeCodes {
  /** Issues a code for a user, or a decoy that no code confirms when the user is unknown, disabled or has no address: the answer looks the same. */
  issue(request: IssueCodeRequest): Promise<IssuedCode>;
  /** Compares what a person typed with exactly one challenge. Never throws for a wrong code. */
  confirm(request: ConfirmCodeRequest): Promise<CodeConfirmation>;
  /** Revokes the live challenges of a run that was cancelled, failed or timed out. */
  revokeRun(runId: string): Promise<void>;
}

/** What the edge, an operator and the "this was not me" page ask of the codes; steps do not. */
export interface OneTimeCodeOperations {
  /** When a caller whose network or client reached a limit may come back; null: at once. */
  callLimit(caller: {
    readonly clientId: string;
    readonly ipClass: string | null;
  }): Promise<{ readonly retryAt: string; readonly retryAfterSeconds: number } | null>;
  /** Lets a user confirm again at once, whatever failed before. */
  unlock(userId: string): Promise<void>;
  /** Revokes a challenge because its owner did not ask for it; false when it was over or unknown. */
  revokeByUser(challengeId: string): Promise<boolean>;
}

/** The facts that a code is bound to. */
export interface IssueCodeRequest {
  /** Stable per (run, step, activation): a repeated call gets the same challenge, the same code and the same expiry. */
  readonly idempotencyKey: string;
  readonly runId: string;
  readonly stepId: string;
  /** The resolved user; null when nobody has the name. */
  readonly user: {
    readonly id: string;
    readonly email: string | null;
    readonly enabled: boolean;
    readonly test: boolean;
  } | null;
  /** The name or ID as it was given, for decoys: their outward answer must be stable over tries. */
  readonly typedName: string;
  readonly client: { readonly id: string; readonly test: boolean };
  readonly sessionId: string;
  /** The caller's network (IPv4 /32, IPv6 /64); null: unknown, and no budget of a network counts. */
  readonly ipClass: string | null;
  readonly purpose: CodePurpose;
  readonly alphabet: CodeAlphabet;
  readonly length: number;
  /** 60–600. */
  readonly lifetimeSeconds: number;
}

/** What the caller may learn about an issued code; the same schema for decoys. */
export interface IssuedCode {
  readonly challengeId: string;
  readonly channel: "email";
  /** Masked, such as `d•••@example.test`. */
  readonly destination: string;
  /** ISO 8601, UTC. The code is valid for t in [issued, expiresAt). */
  readonly expiresAt: string;
  readonly length: number;
  /** ISO 8601, UTC: when another issue is not suppressed, as far as the user's own budget tells. */
  readonly resendAvailableAt: string;
  /** The code itself, only when every gate of test mode holds; else null. */
  readonly revealedCode: string | null;
  /** Whether there is something to deliver: false for a decoy and where a limit suppressed the issue. It is for the outbox and never shown. */
  readonly deliver: boolean;
}

/** One submission of a code. */
export interface ConfirmCodeRequest {
  /** Stable per (run, step, activation): the engine repeating a submission gets the recorded outcome. */
  readonly attemptId: string;
  readonly runId: string;
  readonly stepId: string;
  readonly clientId: string;
  /** The caller's user, if there is one: the challenge must be theirs. */
  readonly userId: string | null;
  readonly sessionId: string;
  /** The caller's network; null: unknown, and no budget of a network counts. */
  readonly ipClass: string | null;
  readonly purpose: CodePurpose;
  /** The last challenge issued in the caller's own run; null: the newest active one of (session, client, purpose). */
  readonly challengeId: string | null;
  /** What was typed, uncleaned; anything but a string is malformed. */
  readonly code: unknown;
}

/** `rejected`: attempts are left, or a wait is on (`retryAt`: nothing was compared). `refused`: all else (expired, replayed, locked, foreign, unknown). */
export interface CodeConfirmation {
  readonly outcome: "confirmed" | "rejected" | "refused";
  /** ISO 8601, UTC: when to try again, if a wait is on. */
  readonly retryAt: string | null;
  /** ISO 8601, UTC: when the code was confirmed. */
  readonly at: string | null;
  /** The challenge and its user, when confirmed. */
  readonly challengeId: string | null;
  readonly userId: string | null;
}
