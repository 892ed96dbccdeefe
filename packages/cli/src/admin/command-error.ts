/** What a call asked for cannot be done; exit code 1. */
export class CommandError extends Error {
  override readonly name = "CommandError";
  readonly code = "command-failed";
}
