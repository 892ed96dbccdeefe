import { ProblemError } from "./problem-error.ts";

/** How long a caller had better wait for a database to come back. */
const retryAfterSeconds = 5;

/** The problem of a call that the database did not answer. */
export function storeUnavailable(detail: string): ProblemError {
  return new ProblemError("store-unavailable", detail, { headers: { "Retry-After": String(retryAfterSeconds) } });
}
