import { type AesGcm, ivBytes } from "./aes-gcm.ts";

/** By Web Crypto, which every browser has. */
export function createWebAesGcm(key: Uint8Array<ArrayBuffer>): AesGcm {
  const imported = crypto.subtle.importKey("raw", key, "AES-GCM", false, ["encrypt", "decrypt"]);
  const parameters = (iv: Uint8Array<ArrayBuffer>, additionalData: Uint8Array): AesGcmParams => ({
    name: "AES-GCM",
    iv,
    additionalData: new Uint8Array(additionalData),
  });
  return {
    async seal(plain, additionalData) {
      const iv = crypto.getRandomValues(new Uint8Array(ivBytes));
      const sealed = await crypto.subtle.encrypt(parameters(iv, additionalData), await imported, new Uint8Array(plain));
      const joined = new Uint8Array(ivBytes + sealed.byteLength);
      joined.set(iv);
      joined.set(new Uint8Array(sealed), ivBytes);
      return joined;
    },
    async open(sealed, additionalData) {
      const bytes = new Uint8Array(sealed);
      const iv = bytes.slice(0, ivBytes);
      return new Uint8Array(
        await crypto.subtle.decrypt(parameters(iv, additionalData), await imported, bytes.slice(ivBytes)),
      );
    },
  };
}
