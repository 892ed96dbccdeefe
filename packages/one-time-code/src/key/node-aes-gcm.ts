import { type AesGcm, ivBytes } from "./aes-gcm.ts";

const tagBytes = 16;

/** As much of `node:crypto` as is used here: this package has no types of Node. */
interface NodeCrypto {
  createSecretKey(key: Uint8Array): object;
  createCipheriv(name: "aes-256-gcm", key: object, iv: Uint8Array): Encryption;
  createDecipheriv(name: "aes-256-gcm", key: object, iv: Uint8Array, options: { authTagLength: number }): Decryption;
}
interface Transformation {
  setAAD(additionalData: Uint8Array): unknown;
  update(bytes: Uint8Array): Uint8Array;
  /** Throws when the tag does not fit. */
  final(): Uint8Array;
}
interface Encryption extends Transformation {
  getAuthTag(): Uint8Array;
}
interface Decryption extends Transformation {
  setAuthTag(tag: Uint8Array): unknown;
}
interface MaybeNode {
  readonly process?: { readonly getBuiltinModule?: (name: "node:crypto") => NodeCrypto };
}

/** By OpenSSL in the same thread; null where there is no Node. Asked for at run time, so that no bundler looks for it. */
export function createNodeAesGcm(keyBytes: Uint8Array): AesGcm | null {
  const node = (globalThis as MaybeNode).process?.getBuiltinModule?.("node:crypto");
  if (node === undefined) return null;
  const key = node.createSecretKey(keyBytes);
  return {
    seal(plain, additionalData) {
      const iv = crypto.getRandomValues(new Uint8Array(ivBytes));
      const cipher = node.createCipheriv("aes-256-gcm", key, iv);
      cipher.setAAD(additionalData);
      const sealed = new Uint8Array(ivBytes + plain.length + tagBytes);
      sealed.set(iv);
      // A stream cipher: all of it comes at once.
      sealed.set(cipher.update(plain), ivBytes);
      cipher.final();
      sealed.set(cipher.getAuthTag(), ivBytes + plain.length);
      return sealed;
    },
    open(sealed, additionalData) {
      const tag = Math.max(ivBytes, sealed.length - tagBytes);
      const iv = sealed.subarray(0, ivBytes);
      const decipher = node.createDecipheriv("aes-256-gcm", key, iv, { authTagLength: tagBytes });
      decipher.setAAD(additionalData);
      decipher.setAuthTag(sealed.subarray(tag));
      // A copy of its own: Node's buffers share one piece of memory.
      const plain = new Uint8Array(decipher.update(sealed.subarray(ivBytes, tag)));
      decipher.final();
      return plain;
    },
  };
}
