/** Makes a key for the ring: 32 bytes from the platform's CSPRNG. */
export function generateKey(): Uint8Array<ArrayBuffer> {
  return crypto.getRandomValues(new Uint8Array(32));
}
