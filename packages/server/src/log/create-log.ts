import { pino } from "pino";
import type { DestinationStream } from "pino";
import type { Log } from "./log.ts";

/** A log of JSON lines. */
export function createLog({
  level = "info",
  destination,
}: { level?: "info" | "error" | "silent"; destination?: DestinationStream } = {}): Log {
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime };
  return destination === undefined ? pino(options) : pino(options, destination);
}
