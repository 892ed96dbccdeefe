import { lengthPrefixed } from "./length-prefixed.ts";

/**
 * The second stage of a code's MAC, which ties the keyed digest to one challenge and its user. It needs no key, so a
 * store computes it inside its commit (PostgreSQL: `sha256(bytea)`), and equals it with the stored one.
 */
export async function challengeMac(
  challengeId: string,
  userId: string | null,
  digest: Uint8Array,
): Promise<Uint8Array> {
  return sha256(lengthPrefixed(["otp/v1/challenge", challengeId, userId ?? "", digest]));
}

/** Tells whether an attempt came back with the code it came with first, without the store keeping the digest. */
export async function attemptFingerprint(attemptId: string, digest: Uint8Array): Promise<Uint8Array> {
  return sha256(lengthPrefixed(["otp/v1/attempt", attemptId, digest]));
}

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}
