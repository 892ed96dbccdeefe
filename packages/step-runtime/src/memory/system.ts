import type { Clock } from "../ports/clock.ts";
import type { Random } from "../ports/random.ts";

/** The machine's clock. */
export const systemClock: Clock = { now: () => Date.now() };

/** The machine's randomness. */
export const systemRandom: Random = { uuid: () => crypto.randomUUID() };
