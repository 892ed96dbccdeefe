import type { CodeContext, KeyedDigest } from "../binding/code-digest.ts";
import type { CodeBinding } from "../binding/seal-code.ts";
import type { CodeAlphabet } from "../code/code-alphabet.ts";
import type { OneTimeCodePolicy } from "../one-time-code-policy.ts";
import type { Challenge } from "./challenge.ts";
import type { IssueSuppression } from "./one-time-code-audit-event.ts";

/**
 * Keeps challenges and budgets. Each call but `read` and `callLimit` is one atomic commit that writes its audit events
 * too, and it decides by the store's own clock, read once it holds its locks: the user's budget first, the challenge
 * last. A reached limit commits. `describeOneTimeCodeStore` tests an implementation.
 */
export interface OneTimeCodeStore {
  /**
   * Stores a challenge and answers it, or what this idempotency key was answered before.
   *
   * It supersedes the active one of the same (tenant, session, client, purpose), taking over the attempts spent on the
   * newest one there while that is unexpired, not confirmed and its chain not over: with none left the new one is
   * `locked` from the start. Under the same conditions the new one is a resend of it: one more of at most `maxResends`,
   * expiring at most `maxChainSeconds` after the first of them, where the chain is over.
   * Of more than `maxActivePerUser` active ones per (tenant, subject, client, purpose) the oldest are superseded.
   *
   * Limits are checked in the order of {@link IssueSuppression}. A suppressed issue answers the live challenge of the same
   * session, client, purpose and subject, and changes nothing of it; else a new one that no code confirms (`decoy`), which
   * supersedes the active one of another subject in that session, client and purpose, and no other.
   * It debits nothing but the network's budget and, unless that is full, the client's. `testMode` spares all of them but the client's.
   */
  issue(request: IssueChallengeRequest): Promise<ChallengeIssue>;
  /**
   * Compares a code with exactly one challenge, at most `maxAttempts` times under any concurrency, and confirms it once.
   * A recorded attempt gets its recorded answer, but with another code, run, step, user or challenge a refusal that
   * changes nothing. No attempt is spent on a challenge of others, a terminal or expired one, an unknown key, malformed
   * input, during a wait after failures, or while a limit is reached. ARCHITECTURE.md has the order of the checks.
   */
  confirm(request: ConfirmChallengeRequest): Promise<ChallengeConfirmation>;
  /** Revokes the active challenges that a run issued. */
  revokeRun(request: { readonly tenant: string; readonly runId: string }): Promise<void>;
  /** Revokes an active challenge because its owner says that they did not ask for it; false when it was over or unknown. */
  revokeByUser(request: { readonly tenant: string; readonly challengeId: string }): Promise<boolean>;
  /** Forgets the failed confirms of a user, who may try again at once; audited as `unlocked`. */
  unlock(request: { readonly tenant: string; readonly userId: string }): Promise<void>;
  /** Reads a challenge as of now; changes nothing. */
  read(request: { readonly tenant: string; readonly challengeId: string }): Promise<Challenge | null>;
  /** When a caller whose network or client has reached a limit of issues or confirms may come back; null: at once. Changes nothing. */
  callLimit(request: CallLimitRequest): Promise<{ readonly retryAtMs: number; readonly nowMs: number } | null>;
  /** Deletes what was over a day ago, at most `batch` rows of each kind; answers the largest of these numbers: less than `batch`, and nothing is left. */
  clean(request: { readonly batch: number }): Promise<number>;
}

/** A new challenge, made ready outside of the store, which sees neither code nor key. */
export interface IssueChallengeRequest extends CodeBinding {
  readonly idempotencyKey: string;
  readonly runId: string;
  readonly stepId: string;
  /** The caller's network; null: unknown, and no budget of a network counts. */
  readonly ipClass: string | null;
  /** Whose budget it is: the user's id or, for nobody, the keyed hash of the name, each with its prefix. */
  readonly subject: string;
  /** The keyed hash of the address, or for a decoy of a mailbox that is nobody else's. */
  readonly destinationHash: string;
  readonly decoy: boolean;
  readonly alphabet: CodeAlphabet;
  readonly length: number;
  readonly lifetimeSeconds: number;
  readonly policy: OneTimeCodePolicy;
  readonly kid: string;
  /** `challengeMac` of the code; random bytes for a decoy. */
  readonly mac: Uint8Array;
  /** Null for a decoy. */
  readonly sealed: Uint8Array | null;
  /** A test user of a test client in test mode: the caller shows the code (audit `test_code_revealed` when there is a live one to show), and issue and network budgets do not count. */
  readonly testMode: boolean;
}

/** What came of an issue. */
export interface ChallengeIssue {
  readonly challenge: Challenge;
  /** Why nothing new was made; the answer to the caller does not tell. */
  readonly suppressed: IssueSuppression | null;
  /** When the next issue for this user, client, purpose and session is not suppressed, as far as can be told: by cooldown, user budget and resends, never by destination, network or client. Where one of these suppressed: at least a cooldown from now, as for a name that nobody asked for. */
  readonly resendAvailableAtMs: number;
}

/** A submission, digested outside of the store. */
export interface ConfirmChallengeRequest extends CodeContext {
  readonly attemptId: string;
  readonly runId: string;
  readonly stepId: string;
  /** The caller's network; null: unknown, and no budget of a network counts. */
  readonly ipClass: string | null;
  /** The caller's user, whose the challenge must be; null: anybody's. */
  readonly userId: string | null;
  /** Null: the newest of (tenant, session, client, purpose). */
  readonly challengeId: string | null;
  /** Length and possible alphabets of what was typed; null when it is malformed for any challenge. */
  readonly shape: { readonly length: number; readonly alphabets: readonly CodeAlphabet[] } | null;
  /** The digest of what was typed (of "" when malformed) under every key at hand, the current one first. */
  readonly digests: readonly [KeyedDigest, ...KeyedDigest[]];
  readonly policy: OneTimeCodePolicy;
}

/** What came of a submission: `rejected` while the challenge has attempts left or a wait is on, `refused` for all else. */
export type ChallengeConfirmation =
  | { readonly outcome: "confirmed"; readonly atMs: number; readonly challengeId: string; readonly userId: string }
  /** `retryAtMs`: nothing was compared, and will not be before. */
  | { readonly outcome: "rejected"; readonly retryAtMs: number | null }
  | { readonly outcome: "refused" };

/** Who is about to call. */
export interface CallLimitRequest {
  readonly tenant: string;
  readonly clientId: string;
  readonly ipClass: string | null;
  readonly policy: OneTimeCodePolicy;
}
