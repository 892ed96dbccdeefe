import type { Clock } from "../ports/clock.ts";
import type { Timer } from "../ports/timer.ts";

/** A clock that stands still until it is moved, for tests. */
export interface FixedClock extends Clock, Timer {
  /** Moves the clock; what is due then is called, in order of time. */
  advance(ms: number): void;
}

/** Starts at `startMs` (milliseconds since 1970, default 2026-01-01T10:42:00Z). */
export function createFixedClock(startMs: number = Date.UTC(2026, 0, 1, 10, 42)): FixedClock {
  let now = startMs;
  const calls = new Set<{ readonly ms: number; readonly callback: () => void }>();
  return {
    now: () => now,
    at(ms, callback) {
      const call = { ms, callback };
      calls.add(call);
      return () => void calls.delete(call);
    },
    advance(ms) {
      now += ms;
      for (const call of [...calls].toSorted((left, right) => left.ms - right.ms)) {
        if (call.ms <= now && calls.delete(call)) call.callback();
      }
    },
  };
}
