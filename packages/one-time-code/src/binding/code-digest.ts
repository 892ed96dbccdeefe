import type { CodePurpose } from "../code/code-purpose.ts";
import type { KeyRing, RingKey, SubKeys } from "../key/key-ring.ts";
import { lengthPrefixed } from "./length-prefixed.ts";

/** What is known of a code before its challenge is looked up. */
export interface CodeContext {
  readonly tenant: string;
  readonly clientId: string;
  readonly purpose: CodePurpose;
  readonly sessionId: string;
}

/** A code's digest under one key of the ring. */
export interface KeyedDigest {
  readonly kid: string;
  readonly digest: Uint8Array;
}

/**
 * The keyed stage of a code's MAC: HMAC-SHA-256 over the code and everything known before its challenge is looked up.
 * Not a slow password hash: with 10^6 codes the key outside the store carries the security.
 * Source: RFC 2104 (HMAC); ARCHITECTURE.md (why two stages).
 */
export function codeDigest(keys: SubKeys, context: CodeContext, code: string): Uint8Array {
  const { tenant, clientId, purpose, sessionId } = context;
  return keys.mac(lengthPrefixed(["otp/v1", tenant, clientId, purpose, sessionId, code]));
}

/** The digests of a code under every key of the ring, the current one first: a rotation never strands a challenge. */
export async function codeDigests(
  ring: KeyRing,
  context: CodeContext,
  code: string,
): Promise<[KeyedDigest, ...KeyedDigest[]]> {
  const under = async (key: RingKey) => ({
    kid: key.kid,
    digest: codeDigest(await key.subKeys(), context, code),
  });
  return [await under(ring.current), ...(await Promise.all(ring.others.map(under)))];
}
