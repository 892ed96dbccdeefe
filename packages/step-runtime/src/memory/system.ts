import type { Clock } from "../ports/clock.ts";
import type { Random } from "../ports/random.ts";
import type { Timer } from "../ports/timer.ts";

/** The machine's clock. */
export const systemClock: Clock = { now: () => Date.now() };

/** The machine's randomness. */
export const systemRandom: Random = { uuid: () => crypto.randomUUID() };

/** What setTimeout can wait for at once. */
const longestDelayMs = 2_147_483_647;

/** The timers of the machine; a waiting one keeps no process alive. */
export const systemTimer: Timer = {
  at(ms, callback) {
    let handle: ReturnType<typeof setTimeout>;
    const wait = () => {
      const leftMs = ms - Date.now();
      // A timer may fire early by a rounding, and cannot be longer than 24 days.
      if (leftMs <= 0) return callback();
      handle = setTimeout(wait, Math.min(leftMs, longestDelayMs));
      if (typeof handle === "object") handle.unref();
    };
    wait();
    return () => clearTimeout(handle);
  },
};
