import { describe, expect, it } from "vitest";
import { dice } from "./dice.ts";
import { rankAuc } from "./rank-auc.ts";

describe("rankAuc", () => {
  it.each([
    [[4, 5], [1, 2, 3], 1],
    [[1, 2], [3, 4, 5], 0],
    [[1, 3], [2, 4], 0.25],
    [[7, 7], [7, 7, 7], 0.5],
    [[1, 2, 2], [2, 3], 1 / 6],
  ])("of %j over %j is %d", (first, second, auc) => {
    expect(rankAuc(first, second)).toBeCloseTo(auc, 12);
  });

  it("is about a half for two samples of one source, and tells a shift of a tenth of the spread", () => {
    const roll = dice(42);
    const sample = (shift: number) => Array.from({ length: 2000 }, () => roll(1000) + shift);
    expect(Math.abs(rankAuc(sample(0), sample(0)) - 0.5)).toBeLessThan(0.03);
    expect(rankAuc(sample(100), sample(0))).toBeGreaterThan(0.57);
  });
});
