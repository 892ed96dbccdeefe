import type { Log } from "./log.ts";

/** Logs a bug: its name and where it came from, but not its message, which may quote what a person typed. */
export function logFailure(log: Log, error: unknown): void {
  const known = error instanceof Error ? error : new Error("not an error");
  const frames = (known.stack ?? "").split("\n").filter((line) => line.startsWith("    at "));
  log.error(
    { errorName: known.name, errorCode: "code" in known ? String(known.code) : null, frames },
    "request failed",
  );
}
