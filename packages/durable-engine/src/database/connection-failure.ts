import { setTimeout as pause } from "node:timers/promises";

/** The database could not be reached, or went away in the middle of a call: whether the call was committed is unknown. */
export class RunsUnavailableError extends Error {
  override readonly name = "RunsUnavailableError";
  readonly code = "store-unavailable";
  constructor(options?: ErrorOptions) {
    super("The database of runs cannot be reached at the moment. Try again in a few seconds.", options);
  }
}

// Classes 08 (connection), 57P0x (shutdown), 53300 (too many connections), and 57014: held up longer than a statement may take (PostgreSQL appendix A).
const states = /^(?:08|57P0|57014|53300)/;
// Whatever the system says of a socket or of a name: ECONNREFUSED, EAI_AGAIN, … Those of Node itself begin with ERR_.
const systemCodes = /^E(?!RR_)[A-Z_]+$/;
// The last is of Kysely, about a transaction that could not be rolled back.
const words =
  /^(?:Connection terminated|timeout exceeded when trying to connect|Client (?:has encountered a connection error|was closed)|Postgres connection has been discarded)/;

/** Whether a call failed because of the connection rather than because of what it asked. */
export function isConnectionFailure(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  // The journal's library wraps what it meets when it opens.
  if ("error" in error && isConnectionFailure(error.error)) return true;
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  return states.test(code) || systemCodes.test(code) || words.test(error.message);
}

/** Runs a call for somebody who waits; a failed connection becomes a RunsUnavailableError. */
export async function orUnavailable<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw isConnectionFailure(error) ? new RunsUnavailableError({ cause: error }) : error;
  }
}

// Classes 22 (data), 23 (constraints), 42 (the statement itself).
const lasting = /^(?:22|23|42)/;

/** Whether a call that fails now may work later: no connection, but also a full disk, a deadlock or a standby. */
function isPassing(error: unknown): boolean {
  if (isConnectionFailure(error)) return true;
  const code = error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
  return /^[0-9A-Z]{5}$/.test(code) && !lasting.test(code);
}

/** Whether a port says that it could not reach its database, and decided nothing. */
export function isStoreUnavailable(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "store-unavailable";
}

/** Repeats a call for a run, which can wait, until the database can do it. The call must bear being repeated. */
export async function untilReachable<T>(
  call: () => Promise<T>,
  signal: AbortSignal,
  mayPass: (error: unknown) => boolean = isPassing,
): Promise<T> {
  for (let waitMs = 50; ; waitMs = Math.min(2 * waitMs, 1000)) {
    try {
      return await call();
    } catch (error) {
      if (!mayPass(error)) throw error;
      await pause(waitMs, undefined, { signal, ref: false });
    }
  }
}
