import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CodeAlphabet, codeAlphabets } from "./code-alphabet.ts";
import { generateCode } from "./generate-code.ts";

describe("generateCode", () => {
  it.each([
    ["digits", 6, 10],
    ["unambiguous30", 6, 12],
  ] as const)("makes %s codes of every allowed length and refuses the others", (alphabet, min, max) => {
    fc.assert(
      fc.property(fc.integer({ min, max }), (length) => {
        const code = generateCode({ alphabet, length });
        expect(code).toHaveLength(length);
        expect(Array.from(code).every((symbol) => codeAlphabets[alphabet].symbols.includes(symbol))).toBe(true);
      }),
    );
    for (const length of [min - 1, max + 1, 0, -1, 6.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => generateCode({ alphabet, length })).toThrow(
        expect.objectContaining({ code: "invalid-code-setting", setting: "length" }),
      );
    }
  });

  it.each(["hex", "__proto__", "constructor"])("refuses the alphabet %s", (alphabet) => {
    expect(() => generateCode({ alphabet: alphabet as CodeAlphabet, length: 6 })).toThrow(
      expect.objectContaining({ code: "invalid-code-setting", setting: "alphabet" }),
    );
  });

  it("has 30 symbols without look-alikes", () => {
    const { symbols } = codeAlphabets.unambiguous30;
    expect(new Set(symbols).size).toBe(30);
    expect(symbols).not.toMatch(/[01ILOS]/);
  });

  it("reaches leading zeros and both extremes", () => {
    expect(generateCode({ alphabet: "digits", length: 6, random: (length) => new Uint8Array(length) })).toBe("000000");
    expect(generateCode({ alphabet: "digits", length: 6, random: (length) => new Uint8Array(length).fill(249) })).toBe(
      "999999",
    );
  });

  it.each([
    ["digits", 250],
    ["unambiguous30", 240],
  ] as const)("draws bytes again that would favour the first symbols of %s", (alphabet, unfair) => {
    const bytes = [unfair, 255, 1, unfair - 1, 255, 2, 3, 4, 5];
    const code = generateCode({ alphabet, length: 6, random: (length) => Uint8Array.from(bytes.splice(0, length)) });
    const { symbols } = codeAlphabets[alphabet];
    expect(code).toBe([1, symbols.length - 1, 2, 3, 4, 5].map((index) => symbols.charAt(index)).join(""));
  });

  // Bounds of the chi-square statistic that a fair generator exceeds less than once in 10^5 runs of this test.
  it.each([
    ["digits", 6, 55],
    ["unambiguous30", 8, 95],
  ] as const)("spreads %s evenly at every position", (alphabet, length, bound) => {
    const { symbols } = codeAlphabets[alphabet];
    const draws = 1e6;
    const random = drawnInBulk();
    const counts = new Map(Array.from(symbols, (symbol) => [symbol.charCodeAt(0), new Float64Array(length)]));
    for (let draw = 0; draw < draws; draw += 1) {
      const code = generateCode({ alphabet, length, random });
      for (let position = 0; position < length; position += 1) {
        const count = counts.get(code.charCodeAt(position));
        if (count !== undefined) count[position] = (count[position] ?? 0) + 1;
      }
    }
    const expected = draws / symbols.length;
    for (let position = 0; position < length; position += 1) {
      const observed = [...counts.values()].map((count) => count[position] ?? 0);
      expect(observed.reduce((sum, count) => sum + count, 0)).toBe(draws);
      expect(observed.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)).toBeLessThan(bound);
    }
  });
});

/** The platform's CSPRNG, asked for many bytes at a time: a call for each code takes ten times as long. */
function drawnInBulk(): (length: number) => Uint8Array {
  const pool = new Uint8Array(65_536);
  let used = pool.length;
  return (length) => {
    if (used + length > pool.length) {
      crypto.getRandomValues(pool);
      used = 0;
    }
    used += length;
    return pool.subarray(used - length, used);
  };
}
