/** 256 bits from the system's generator, as base64url: never from the random port, which tests may seed. */
export function randomToken(): string {
  return Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString("base64url");
}
