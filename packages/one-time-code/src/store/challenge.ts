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
  /** Malformed inputs so far; they cost no attempt. */
  readonly malformed: number;
  /** How many codes it follows in its session, client and purpose while they were neither over nor confirmed. */
  readonly resends: number;
  /** When the first of them was issued; its own time when there is none. */
  readonly firstIssuedAtMs: number;
  readonly alphabet: CodeAlphabet;
  readonly length: number;
  readonly kid: string;
  readonly createdAtMs: number;
  /** Valid for t in [createdAtMs, expiresAtMs). */
  readonly expiresAtMs: number;
  /** The issue said so: in test mode, for a test user of a test client. */
  readonly testMode: boolean;
  /** The sealed code; null unless the state is `active`, for decoys, and outside test mode once it was delivered. */
  readonly sealed: Uint8Array | null;
}
