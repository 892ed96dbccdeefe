/** An Ed25519 key pair (RFC 8032). */
export interface SigningKey {
  /** Signs; its bytes cannot be read back. */
  readonly privateKey: CryptoKey;
  /** The `x` of the public key as a JSON Web Key (RFC 8037 §2). */
  readonly x: string;
}

/** What stands before the 32 bytes of the seed in PKCS #8 (RFC 8410 §7), the only form in which Web Crypto takes them. */
const pkcs8Prefix = [0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20];

/** Makes the key pair of a 32-byte seed. */
export async function makeSigningKey(seed: Uint8Array): Promise<SigningKey> {
  const bytes = new Uint8Array([...pkcs8Prefix, ...seed]);
  // Web Crypto tells a public key only with the private one: this one is read once and dropped.
  const readable = await crypto.subtle.importKey("pkcs8", bytes, "Ed25519", true, ["sign"]);
  const { x = "" } = await crypto.subtle.exportKey("jwk", readable);
  return { privateKey: await crypto.subtle.importKey("pkcs8", bytes, "Ed25519", false, ["sign"]), x };
}
