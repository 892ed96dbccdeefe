import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cleanCode } from "./clean-code.ts";
import { codeAlphabets } from "./code-alphabet.ts";

const noise = fc.constantFrom(
  ...Array.from(
    " \u00a0\u3000\u2009-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u200b\u200c\u200d\ufeff\u200e\u200f\u202a\u202e\u2066\u2069",
  ),
);
const zeros = ["0", "\u0660", "\u06f0", "\u0966", "\uff10", "\u{1d7ce}", "\u{1d7d8}", "\u{1d7f6}", "\u{1e950}"].map(
  (zero) => zero.codePointAt(0) ?? 0,
);

describe("cleanCode", () => {
  it("finds the digits of any script in any noise that copying adds", () => {
    const written = fc.record({ digit: fc.integer({ min: 0, max: 9 }), zero: fc.constantFrom(...zeros), noise });
    fc.assert(
      fc.property(fc.array(written, { minLength: 6, maxLength: 10 }), (symbols) => {
        const typed = symbols
          .map(({ digit, zero, noise: between }) => String.fromCodePoint(zero + digit) + between)
          .join("");
        expect(cleanCode(typed)?.symbols).toBe(symbols.map(({ digit }) => digit).join(""));
      }),
    );
  });

  it("gives every decimal digit of Unicode its value", () => {
    const digits = Array.from({ length: 0x110000 }, (_, codePoint) => String.fromCodePoint(codePoint)).filter(
      (character) => /^\p{Nd}$/u.test(character),
    );
    expect(digits.length % 10).toBe(0);
    for (const [index, digit] of digits.entries()) {
      expect(cleanCode(digit.repeat(6))?.symbols).toBe(String(index % 10).repeat(6));
    }
  });

  it("reads letters in either case", () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...Array.from(codeAlphabets.unambiguous30.symbols)), { minLength: 6, maxLength: 12 }),
        (symbols) => {
          const code = symbols.join("");
          expect(cleanCode(code.toLowerCase())?.symbols).toBe(code);
          expect(cleanCode(code)?.alphabets).toContain("unambiguous30");
        },
      ),
    );
  });

  it("tells which alphabets a code may be of", () => {
    expect(cleanCode("234567")?.alphabets).toEqual(["digits", "unambiguous30"]);
    expect(cleanCode("012345")?.alphabets).toEqual(["digits"]);
    expect(cleanCode("23456789234")?.alphabets).toEqual(["unambiguous30"]);
  });

  it("yields nothing but null or symbols of an alphabet, whatever is typed", () => {
    fc.assert(
      fc.property(fc.anything(), fc.string({ unit: "binary", maxLength: 80 }), (anything, text) => {
        for (const typed of [anything, text]) expect(cleanCode(typed)?.symbols ?? "000000").toMatch(/^[0-9A-Z]{6,12}$/);
      }),
    );
  });

  it.each([
    ["a number", 123456],
    ["null", null],
    ["an array", ["123456"]],
    ["an object that reads as a code", { toString: () => "123456" }],
    ["nothing", ""],
    ["five digits", "12345"],
    ["thirteen symbols", "2345678923456"],
    ["look-alikes", "ABCDEO"],
    ["a letter that upper-cases to two", "ABCDß"],
    ["NUL", "123456\u0000"],
    ["a lone surrogate", "123456\ud800"],
    ["65 characters", `${" ".repeat(59)}123456`],
  ])("refuses %s", (_name, typed) => {
    expect(cleanCode(typed)).toBeNull();
  });

  it("reads 64 characters", () => {
    expect(cleanCode(`${" ".repeat(58)}123456`)?.symbols).toBe("123456");
  });

  it("refuses 10 MB without reading them", () => {
    const typed = "1".repeat(10 * 1024 * 1024);
    // Reading them this often would take longer than a test may.
    for (let times = 0; times < 100_000; times += 1) expect(cleanCode(typed) === null).toBe(true);
  });
});
