/**
 * Seals bytes with a key that is outside of whatever stores them; each use has a box (and a key) of its own.
 * What was sealed opens for the same `context` only.
 */
export interface SecretBox {
  seal(plain: Uint8Array, context: string): Promise<Uint8Array>;
  /** Null when it was not sealed here for this context, was changed, or its key was dropped. */
  open(sealed: Uint8Array, context: string): Promise<Uint8Array | null>;
}
