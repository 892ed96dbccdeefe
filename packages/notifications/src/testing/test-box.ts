import type { SecretBox } from "@onceflow/step-runtime";

/** A box that tells its context apart, and its boxes by key; the cipher is the subject of other tests. */
export function createTestBox(key = "k1"): SecretBox {
  return {
    seal: async (plain, context) => new TextEncoder().encode(JSON.stringify([key, context, [...plain]])),
    open: async (sealed, context) => {
      const text = new TextDecoder().decode(sealed);
      if (!text.startsWith("[")) return null;
      const [sealedKey, sealedContext, plain] = JSON.parse(text) as [string, string, number[]];
      return sealedKey === key && sealedContext === context ? new Uint8Array(plain) : null;
    },
  };
}
