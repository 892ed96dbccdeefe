import type { CodeContext, KeyedDigest } from "../binding/code-digest.ts";
import type { CodeBinding } from "../binding/seal-code.ts";
import type { CodeAlphabet } from "../code/code-alphabet.ts";
import type { Challenge } from "./challenge.ts";

/**
 * Keeps challenges. Each of issue, confirm and revokeRun is one atomic commit that writes its audit events too, and it
 * decides by the store's own clock, read once it holds its locks. `describeOneTimeCodeStore` tests an implementation.
 */
export interface OneTimeCodeStore {
  /**
   * Stores a challenge and answers it, or the one that this idempotency key made before.
   * It supersedes the active one of the same (tenant, session, client, purpose), taking over the attempts spent on the
   * newest one there while that is unexpired and not confirmed: with none left the new one is `locked` from the start.
   * Of more than `maxActive` active ones per (tenant, subject, client, purpose) the oldest are superseded.
   */
  issue(request: IssueChallengeRequest): Promise<Challenge>;
  /**
   * Compares a code with exactly one challenge, at most `maxAttempts` times under any concurrency, and confirms it once.
   * A recorded attempt gets its recorded answer, but with another code, run, step, user or challenge a refusal that
   * changes nothing. No attempt is spent on a challenge of others, a terminal or expired one, an unknown key or malformed input.
   */
  confirm(request: ConfirmChallengeRequest): Promise<ChallengeConfirmation>;
  /** Revokes the active challenges that a run issued. */
  revokeRun(request: { readonly tenant: string; readonly runId: string }): Promise<void>;
  /** Reads a challenge as of now; changes nothing. */
  read(request: { readonly tenant: string; readonly challengeId: string }): Promise<Challenge | null>;
}

/** A new challenge, made ready outside of the store, which sees neither code nor key. */
export interface IssueChallengeRequest extends CodeBinding {
  readonly idempotencyKey: string;
  readonly runId: string;
  readonly stepId: string;
  /** Whose budget it is: the user's id or, for nobody, the keyed hash of the name, each with its prefix. */
  readonly subject: string;
  readonly decoy: boolean;
  readonly alphabet: CodeAlphabet;
  readonly length: number;
  readonly lifetimeSeconds: number;
  readonly maxAttempts: number;
  readonly maxActive: number;
  readonly kid: string;
  /** `challengeMac` of the code; random bytes for a decoy. */
  readonly mac: Uint8Array;
  /** Null for a decoy. */
  readonly sealed: Uint8Array | null;
  /** The caller shows the code in test mode: audit `test_code_revealed` when there is a live one to show. */
  readonly reveal: boolean;
}

/** A submission, digested outside of the store. */
export interface ConfirmChallengeRequest extends CodeContext {
  readonly attemptId: string;
  readonly runId: string;
  readonly stepId: string;
  /** The caller's user, whose the challenge must be; null: anybody's. */
  readonly userId: string | null;
  /** Null: the newest of (tenant, session, client, purpose). */
  readonly challengeId: string | null;
  /** Length and possible alphabets of what was typed; null when it is malformed for any challenge. */
  readonly shape: { readonly length: number; readonly alphabets: readonly CodeAlphabet[] } | null;
  /** The digest of what was typed (of "" when malformed) under every key at hand, the current one first. */
  readonly digests: readonly [KeyedDigest, ...KeyedDigest[]];
}

/** What came of a submission: `rejected` while the challenge has attempts left, `refused` for all else. */
export type ChallengeConfirmation =
  | { readonly outcome: "confirmed"; readonly atMs: number; readonly challengeId: string; readonly userId: string }
  | { readonly outcome: "rejected" | "refused" };
