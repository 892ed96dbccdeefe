import { type CodeAlphabet, codeAlphabets } from "./code-alphabet.ts";

/** What was typed, cleaned; whether it has the length of a given challenge is for the store to say. */
export interface CleanCode {
  readonly symbols: string;
  /** Every alphabet that could have made it. */
  readonly alphabets: readonly CodeAlphabet[];
}

const maxRawLength = 64;
const alphabetNames: readonly CodeAlphabet[] = ["digits", "unambiguous30"];
const digit = /^\p{Nd}$/u;
// White space, dashes (U+2010–2015, U+2212, -), zero-width characters and bidi marks: what copying from a mail adds.
const dropped = /^[\s\-\u2010-\u2015\u2212\u200b-\u200f\u061c\u202a-\u202e\u2060\u2066-\u2069\ufeff]$/u;

/**
 * Cleans what a person typed or pasted; null when it is malformed: not a string (the number 123456 too), longer than
 * 64 UTF-16 code units, or not made of the symbols of one alphabet in a length that it allows.
 * Source: OWASP ASVS 5 §2.2.1 (validate against an allow list).
 */
export function cleanCode(typed: unknown): CleanCode | null {
  // The length comes first, so that 10 MB cost nothing.
  if (typeof typed !== "string" || typed.length > maxRawLength) return null;
  let symbols = "";
  for (const character of typed) {
    if (dropped.test(character)) continue;
    if (digit.test(character)) symbols += digitValue(character);
    else if (character >= "a" && character <= "z") symbols += character.toUpperCase();
    else symbols += character;
  }
  const alphabets = alphabetNames.filter((name) => isCodeOf(name, symbols));
  return alphabets.length === 0 ? null : { symbols, alphabets };
}

function isCodeOf(alphabet: CodeAlphabet, text: string): boolean {
  const { symbols, minLength, maxLength } = codeAlphabets[alphabet];
  return (
    text.length >= minLength && text.length <= maxLength && Array.from(text).every((symbol) => symbols.includes(symbol))
  );
}

/** Unicode keeps the digits of a script in runs of ten from zero up (Unicode Standard §4.6); some runs adjoin. */
function digitValue(character: string): number {
  const codePoint = character.codePointAt(0) ?? 0;
  let zero = codePoint;
  while (digit.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return (codePoint - zero) % 10;
}
