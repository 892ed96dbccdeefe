import { pino } from "pino";
import type { DestinationStream } from "pino";
import type { Log } from "./log.ts";

// None of these is ever handed to the log; this is for the one who does it by mistake.
const secretFields = ["authorization", "cookie", "body", "code", "email", "key", "password", "token"];

/** A log of JSON lines. */
export function createLog({
  level = "info",
  destination,
}: { level?: "info" | "error" | "silent"; destination?: DestinationStream } = {}): Log {
  const redact = {
    paths: secretFields.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]),
    censor: "••••••",
  };
  const options = { level, base: null, redact, timestamp: pino.stdTimeFunctions.isoTime };
  return destination === undefined ? pino(options) : pino(options, destination);
}
