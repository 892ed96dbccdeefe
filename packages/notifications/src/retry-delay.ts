/**
 * How long to wait after a failed try: from one second, doubled each time, at most the longest, and less by up to a half
 * at random, so that a mail server that comes back is not met by all at once. A message's tries are counted in the
 * outbox: a library that retries within one call would lose them with the process.
 */
export function retryDelayMs(tries: number, { longestMs }: { longestMs: number }): number {
  return Math.round(Math.min(longestMs, 1000 * 2 ** tries) * (1 - Math.random() / 2));
}
