/** `digits`: 0–9, 6–10 long. `unambiguous30`: digits and capitals without look-alikes, 6–12 long. */
export type CodeAlphabet = "digits" | "unambiguous30";

/** What an alphabet holds, and how long a code of it may be. */
export interface AlphabetRule {
  readonly symbols: string;
  readonly minLength: number;
  readonly maxLength: number;
}

/** The alphabets that codes are made of. */
export const codeAlphabets: Readonly<Record<CodeAlphabet, AlphabetRule>> = {
  digits: { symbols: "0123456789", minLength: 6, maxLength: 10 },
  unambiguous30: { symbols: "23456789ABCDEFGHJKMNPQRTUVWXYZ", minLength: 6, maxLength: 12 },
};
