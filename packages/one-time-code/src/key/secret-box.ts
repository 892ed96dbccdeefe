import type { KeyRing } from "./key-ring.ts";

/**
 * Seals bytes with a key that is outside of whatever stores them; each use has a key of its own. What was sealed opens
 * for the same `context` only.
 */
export interface SecretBox {
  seal(plain: Uint8Array, context: string): Promise<Uint8Array>;
  /** Null when it was not sealed here for this context, was changed, or its key was dropped. */
  open(sealed: Uint8Array, context: string): Promise<Uint8Array | null>;
}

/**
 * A box over a key ring: sealed with the current key, opened with any. AES-256-GCM with a random 12-byte IV in front
 * (NIST SP 800-38D §8.2.2) and the context as additional data.
 */
export function createSecretBox(ring: KeyRing, use: string): SecretBox {
  const encoder = new TextEncoder();
  return {
    async seal(plain, context) {
      const key = await ring.current.boxKey(use);
      return key.seal(plain, encoder.encode(context));
    },
    async open(sealed, context) {
      for (const ringKey of [ring.current, ...ring.others]) {
        const key = await ringKey.boxKey(use);
        try {
          return await key.open(sealed, encoder.encode(context));
        } catch {
          // Another key may fit.
        }
      }
      return null;
    },
  };
}
