import type { FailureWait, RateLimit } from "../one-time-code-policy.ts";

/** When calls were made, oldest first, by whose they were; whole milliseconds since 1970. */
export type Hits = readonly number[];

/** When a call fits into a rolling window again; null: now. */
export function windowFullUntil(hits: Hits, limit: RateLimit, nowMs: number): number | null {
  const first = hits[hits.length - limit.max];
  const until = first === undefined ? 0 : first + limit.seconds * 1000;
  return until > nowMs ? until : null;
}

/** When a call fits into all of these windows again; null: now. */
export function windowsFullUntil(hits: Hits, limits: readonly RateLimit[], nowMs: number): number | null {
  return latest(limits.map((limit) => windowFullUntil(hits, limit, nowMs)));
}

/** The latest of some times; null when there is none. */
export function latest(times: readonly (number | null)[]): number | null {
  return times.reduce((last, time) => (time !== null && (last === null || time > last) ? time : last), null);
}

/** One more call; no window looks further back than its last `max`. */
export function appendHit(hits: Hits, limits: readonly RateLimit[], nowMs: number): Hits {
  const most = Math.max(...limits.map(({ max }) => max));
  return [...hits.slice(Math.max(0, hits.length + 1 - most)), nowMs];
}

/** When a user who failed may try again; null: now. */
export function failureWaitUntil(
  hits: Hits,
  { userFailures, failureWaits }: { userFailures: RateLimit; failureWaits: readonly FailureWait[] },
  nowMs: number,
): number | null {
  const recent = hits.filter((hit) => hit > nowMs - userFailures.seconds * 1000);
  const full = windowFullUntil(recent, userFailures, nowMs);
  if (full !== null) return full;
  const wait = failureWaits
    .filter(({ after }) => after <= recent.length)
    .reduce<FailureWait | null>((longest, step) => (longest && longest.after > step.after ? longest : step), null);
  const until = wait === null ? 0 : (recent.at(-1) ?? 0) + wait.seconds * 1000;
  return until > nowMs ? until : null;
}
