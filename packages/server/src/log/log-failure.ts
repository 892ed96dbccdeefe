import type { Log } from "./log.ts";

/**
 * Logs a bug: its name and where it came from, but not its message, which may quote what a person typed.
 *
 * @param message what failed. @default "request failed"
 */
export function logFailure(log: Log, error: unknown, message = "request failed"): void {
  const known = error instanceof Error ? error : new Error("not an error");
  const frames = (known.stack ?? "").split("\n").filter((line) => line.startsWith("    at "));
  log.error({ errorName: known.name, errorCode: "code" in known ? String(known.code) : null, frames }, message);
}
