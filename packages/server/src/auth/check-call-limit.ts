import type { OneTimeCodeOperations } from "@onceflow/step-runtime";
import { ProblemError } from "../problems/problem-error.ts";

/**
 * Lets a call through unless its network or client has reached a limit of issues or confirms.
 *
 * @throws ProblemError `too-many-requests` with Retry-After
 */
export async function checkCallLimit(
  caller: { clientId: string; ipClass: string | null },
  { codes }: { codes: Pick<OneTimeCodeOperations, "callLimit"> },
): Promise<void> {
  const limit = await codes.callLimit(caller);
  if (limit === null) return;
  throw new ProblemError(
    "too-many-requests",
    `Too many codes were asked for or tried from here. Try again at ${limit.retryAt}.`,
    {
      headers: { "Retry-After": String(limit.retryAfterSeconds) },
    },
  );
}
