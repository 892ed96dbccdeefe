import type { CodeBinding } from "../binding/seal-code.ts";
import type { CodeAlphabet } from "../code/code-alphabet.ts";

/** Every state but `active` is terminal. */
export type ChallengeState = "active" | "confirmed" | "locked" | "superseded" | "revoked" | "expired";

/** One issued code with its budget, as a store tells of it; times are the store's, in whole milliseconds since 1970. */
export interface Challenge extends CodeBinding {
  readonly runId: string;
  readonly stepId: string;
  /** No code confirms a decoy, and nothing of it is delivered. */
  readonly decoy: boolean;
  /** As of now by the store's clock: an active challenge past its end is `expired`. */
  readonly state: ChallengeState;
  /** Comparisons spent, those of the challenges it follows included. */
  readonly attempts: number;
  readonly maxAttempts: number;
  readonly alphabet: CodeAlphabet;
  readonly length: number;
  readonly kid: string;
  readonly createdAtMs: number;
  /** Valid for t in [createdAtMs, expiresAtMs). */
  readonly expiresAtMs: number;
  /** The sealed code; null unless the state is `active`, and for decoys. */
  readonly sealed: Uint8Array | null;
}
