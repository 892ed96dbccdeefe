/** The keys cannot be had, or anybody could have them. */
export class KeyFileError extends Error {
  override readonly name = "KeyFileError";
  readonly code = "key-file";
}
