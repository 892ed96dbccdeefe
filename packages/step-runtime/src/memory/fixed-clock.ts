import type { Clock } from "../ports/clock.ts";

/** A clock that stands still until it is moved, for tests. */
export interface FixedClock extends Clock {
  advance(ms: number): void;
}

/** Starts at `startMs` (milliseconds since 1970, default 2026-01-01T10:42:00Z). */
export function createFixedClock(startMs: number = Date.UTC(2026, 0, 1, 10, 42)): FixedClock {
  let now = startMs;
  return {
    now: () => now,
    advance(ms) {
      now += ms;
    },
  };
}
