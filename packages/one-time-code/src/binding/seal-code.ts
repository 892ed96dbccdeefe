import type { SubKeys } from "../key/key-ring.ts";
import type { CodeContext } from "./code-digest.ts";
import { lengthPrefixed } from "./length-prefixed.ts";

/** All that a code is bound to. */
export interface CodeBinding extends CodeContext {
  readonly challengeId: string;
  readonly userId: string | null;
}

/**
 * Seals a code for its delivery: AES-256-GCM with the binding as additional data, so that it opens in its own row only.
 * The 12-byte IV comes first. Source: NIST SP 800-38D §8.2.2 (random IVs).
 */
export async function sealCode(keys: SubKeys, binding: CodeBinding, code: string): Promise<Uint8Array> {
  return keys.seal.seal(new TextEncoder().encode(code), boundTo(binding));
}

/** Opens a sealed code; rejects when the key, the binding or a byte is another. */
export async function openCode(keys: SubKeys, binding: CodeBinding, sealed: Uint8Array): Promise<string> {
  return new TextDecoder().decode(await keys.seal.open(sealed, boundTo(binding)));
}

function boundTo({ challengeId, tenant, userId, clientId, purpose, sessionId }: CodeBinding): Uint8Array {
  return lengthPrefixed(["otp/v1/seal", challengeId, tenant, userId ?? "", clientId, purpose, sessionId]);
}
