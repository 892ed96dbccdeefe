import type { SubKeys } from "../key/key-ring.ts";
import type { CodeContext } from "./code-digest.ts";
import { lengthPrefixed } from "./length-prefixed.ts";

/** All that a code is bound to. */
export interface CodeBinding extends CodeContext {
  readonly challengeId: string;
  readonly userId: string | null;
}

const ivBytes = 12;

/**
 * Seals a code for its delivery: AES-256-GCM with the binding as additional data, so that it opens in its own row only.
 * The 12-byte IV comes first. Source: NIST SP 800-38D §8.2.2 (random IVs).
 */
export async function sealCode(keys: SubKeys, binding: CodeBinding, code: string): Promise<Uint8Array> {
  const iv = crypto.getRandomValues(new Uint8Array(ivBytes));
  const sealed = await crypto.subtle.encrypt(parameters(iv, binding), keys.seal, new TextEncoder().encode(code));
  const joined = new Uint8Array(ivBytes + sealed.byteLength);
  joined.set(iv);
  joined.set(new Uint8Array(sealed), ivBytes);
  return joined;
}

/** Opens a sealed code; rejects when the key, the binding or a byte is another. */
export async function openCode(keys: SubKeys, binding: CodeBinding, sealed: Uint8Array): Promise<string> {
  const bytes = new Uint8Array(sealed);
  const code = await crypto.subtle.decrypt(
    parameters(bytes.slice(0, ivBytes), binding),
    keys.seal,
    bytes.slice(ivBytes),
  );
  return new TextDecoder().decode(code);
}

function parameters(iv: Uint8Array<ArrayBuffer>, binding: CodeBinding): AesGcmParams {
  const { challengeId, tenant, userId, clientId, purpose, sessionId } = binding;
  const additionalData = lengthPrefixed([
    "otp/v1/seal",
    challengeId,
    tenant,
    userId ?? "",
    clientId,
    purpose,
    sessionId,
  ]);
  return { name: "AES-GCM", iv, additionalData };
}
