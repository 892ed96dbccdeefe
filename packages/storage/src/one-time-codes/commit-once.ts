import { isConnectionFailure, storeCall, StoreUnavailableError } from "../database/store-unavailable-error.ts";

/** Deadlock, and a lock that was not had in time: nothing was done (PostgreSQL appendix A). */
const lockFailures = new Set(["40P01", "55P03"]);

/** How long a broken connection may take to come back, from when it is known to be broken. */
const patienceMs = 5000;

/**
 * Runs a statement that knows its own repetition by an id: once more when it lost a race for locks, and again when the
 * connection broke and nobody knows whether it was committed. The repetition finds what the first one did.
 *
 * @throws StoreUnavailableError when the database does not come back, or the locks are not had, in time
 */
export async function commitOnce<T>(statement: () => Promise<T>): Promise<T> {
  return storeCall(async () => {
    let until: number | undefined;
    let lockTries = 2;
    for (let waitMs = 50; ; waitMs *= 2) {
      try {
        return await statement();
      } catch (error) {
        if (isLockFailure(error)) {
          lockTries -= 1;
          // Whoever holds the lock does not hold it for ever, and nothing was decided.
          if (lockTries === 0) throw new StoreUnavailableError({ cause: error });
        } else if (!isConnectionFailure(error)) {
          throw error;
        } else {
          // Not Date.now(): nobody waits for hours because the machine's clock was set back.
          until ??= performance.now() + patienceMs;
          if (performance.now() + waitMs > until) throw error;
          await new Promise((resolve) => setTimeout(resolve, waitMs));
        }
      }
    }
  });
}

function isLockFailure(error: unknown): boolean {
  return error instanceof Error && "code" in error && lockFailures.has(String(error.code));
}
