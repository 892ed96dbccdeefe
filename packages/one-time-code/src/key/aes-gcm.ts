/**
 * AES-256-GCM under one key, which cannot be read back. What is sealed has its random IV of 12 bytes in front and its tag
 * of 16 bytes behind. Source: NIST SP 800-38D §8.2.2.
 */
export interface AesGcm {
  seal(plain: Uint8Array, additionalData: Uint8Array): Uint8Array | Promise<Uint8Array>;
  /** Throws or rejects when the key, the additional data or a byte is another. */
  open(sealed: Uint8Array, additionalData: Uint8Array): Uint8Array | Promise<Uint8Array>;
}

export const ivBytes = 12;
