import { CommandError } from "./command-error.ts";

/** What was named is no run; it is not repeated. */
export function unknownRun(): CommandError {
  return new CommandError("There is no run of this ID. `onceflow run list` shows them.");
}
