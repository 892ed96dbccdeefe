import type { SecretBox } from "@onceflow/step-runtime";

/** A box with a key of its own: AES-256-GCM, the IV in front. */
export function createTestSecretBox(): SecretBox {
  const key = crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  const parameters = (iv: Uint8Array<ArrayBuffer>, context: string) => ({
    name: "AES-GCM",
    iv,
    additionalData: new TextEncoder().encode(context),
  });
  return {
    async seal(plain, context) {
      const iv = crypto.getRandomValues(new Uint8Array(12));
      const sealed = await crypto.subtle.encrypt(parameters(iv, context), await key, new Uint8Array(plain));
      return new Uint8Array([...iv, ...new Uint8Array(sealed)]);
    },
    async open(sealed, context) {
      const bytes = new Uint8Array(sealed);
      try {
        const opened = await crypto.subtle.decrypt(parameters(bytes.slice(0, 12), context), await key, bytes.slice(12));
        return new Uint8Array(opened);
      } catch {
        return null;
      }
    },
  };
}
