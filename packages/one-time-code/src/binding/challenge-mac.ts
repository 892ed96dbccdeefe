import { sha256 } from "@noble/hashes/sha2.js";
import { lengthPrefixed } from "./length-prefixed.ts";

/**
 * The second stage of a code's MAC, which ties the keyed digest to one challenge and its user. It needs no key, so a
 * store computes it inside its commit (PostgreSQL: `sha256(bytea)`), and equals it with the stored one.
 */
export function challengeMac(challengeId: string, userId: string | null, digest: Uint8Array): Uint8Array {
  return sha256(lengthPrefixed(["otp/v1/challenge", challengeId, userId ?? "", digest]));
}

/** What an attempt says beside its code; tenant, client, purpose and session are in the code's digest already. */
export interface AttemptFacts {
  readonly attemptId: string;
  readonly runId: string;
  readonly stepId: string;
  readonly userId: string | null;
  readonly challengeId: string | null;
}

/**
 * Tells whether an attempt came back as it came first, without the store keeping the digest: with the same code, from
 * the same step of the same run, for the same user and challenge.
 */
export function attemptFingerprint(attempt: AttemptFacts, digest: Uint8Array): Uint8Array {
  const { attemptId, runId, stepId, userId, challengeId } = attempt;
  return sha256(
    lengthPrefixed(["otp/v1/attempt", attemptId, runId, stepId, orNone(userId), orNone(challengeId), digest]),
  );
}

/** No id is not the empty id. */
function orNone(id: string | null): string {
  return id === null ? "" : `=${id}`;
}
