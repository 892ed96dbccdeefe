/**
 * The database could not be reached, went away in the middle of a call or was held up by others: whether the call was
 * committed is unknown.
 */
export class StoreUnavailableError extends Error {
  override readonly name = "StoreUnavailableError";
  readonly code = "store-unavailable";
  constructor(options?: ErrorOptions) {
    super("The database cannot be reached at the moment. Try again in a few seconds.", options);
  }
}

// Classes 08 (connection), 57P0x (shutdown), 53300 (too many connections): PostgreSQL appendix A.
const states = /^(?:08|57P0|53300)/;
// Whatever the system says of a socket or of a name: ECONNREFUSED, EAI_AGAIN, … Those of Node itself begin with ERR_.
const systemCodes = /^E(?!RR_)[A-Z_]+$/;
// The last is of Kysely, about a transaction that could not be rolled back.
const words =
  /^(?:Connection terminated|timeout exceeded when trying to connect|Client (?:has encountered a connection error|was closed)|Postgres connection has been discarded)/;

/** Whether a call failed because of the connection rather than because of what it asked. */
export function isConnectionFailure(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  return states.test(code) || systemCodes.test(code) || words.test(error.message);
}

/** Runs a call of a store; a failed connection becomes a StoreUnavailableError. */
export async function storeCall<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw isConnectionFailure(error) ? new StoreUnavailableError({ cause: error }) : error;
  }
}
