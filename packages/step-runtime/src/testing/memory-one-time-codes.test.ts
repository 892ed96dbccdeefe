import { createFixedClock } from "../memory/fixed-clock.ts";
import { describeOneTimeCodes } from "./describe-one-time-codes.ts";
import { createMemoryOneTimeCodes } from "./memory-one-time-codes.ts";

describeOneTimeCodes("plain, for tests", async () => {
  const clock = createFixedClock();
  return { oneTimeCodes: createMemoryOneTimeCodes({ clock }), advance: (ms) => clock.advance(ms) };
});
