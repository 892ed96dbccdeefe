import type { KeyRing, RingKey } from "./key-ring.ts";

/**
 * Seals bytes with a key that is outside of whatever stores them; each use has a key of its own. What was sealed opens
 * for the same `context` only.
 */
export interface SecretBox {
  seal(plain: Uint8Array, context: string): Promise<Uint8Array>;
  /** Null when it was not sealed here for this context, was changed, or its key was dropped. */
  open(sealed: Uint8Array, context: string): Promise<Uint8Array | null>;
}

const ivBytes = 12;

/**
 * A box over a key ring: sealed with the current key, opened with any. AES-256-GCM with a random 12-byte IV in front
 * (NIST SP 800-38D §8.2.2) and the context as additional data.
 */
export function createSecretBox(ring: KeyRing, use: string): SecretBox {
  const parameters = (iv: Uint8Array<ArrayBuffer>, context: string) => ({
    name: "AES-GCM",
    iv,
    additionalData: new TextEncoder().encode(context),
  });
  async function openWith(key: RingKey, bytes: Uint8Array<ArrayBuffer>, context: string): Promise<Uint8Array | null> {
    try {
      const iv = bytes.slice(0, ivBytes);
      const plain = await crypto.subtle.decrypt(parameters(iv, context), await key.boxKey(use), bytes.slice(ivBytes));
      return new Uint8Array(plain);
    } catch {
      return null;
    }
  }
  return {
    async seal(plain, context) {
      const iv = crypto.getRandomValues(new Uint8Array(ivBytes));
      const key = await ring.current.boxKey(use);
      const sealed = await crypto.subtle.encrypt(parameters(iv, context), key, new Uint8Array(plain));
      const joined = new Uint8Array(ivBytes + sealed.byteLength);
      joined.set(iv);
      joined.set(new Uint8Array(sealed), ivBytes);
      return joined;
    },
    async open(sealed, context) {
      const bytes = new Uint8Array(sealed);
      for (const key of [ring.current, ...ring.others]) {
        const plain = await openWith(key, bytes, context);
        if (plain !== null) return plain;
      }
      return null;
    },
  };
}
