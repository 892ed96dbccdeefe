import { describe, expect, it } from "vitest";
import { retryDelayMs } from "./retry-delay.ts";

describe("the wait after a failed try", () => {
  it.each([
    [0, 500, 1000],
    [1, 1000, 2000],
    [3, 4000, 8000],
    [4, 7500, 15_000],
    [5000, 7500, 15_000],
  ])("after %d tries is between %d and %d ms", (tries, least, most) => {
    const delays = Array.from({ length: 200 }, () => retryDelayMs(tries, { longestMs: 15_000 }));
    expect(Math.min(...delays)).toBeGreaterThanOrEqual(least);
    expect(Math.max(...delays)).toBeLessThanOrEqual(most);
    expect(new Set(delays).size).toBeGreaterThan(50);
  });
});
