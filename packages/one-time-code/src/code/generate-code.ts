import { checkCodeLength } from "./check-code-settings.ts";
import { type CodeAlphabet, codeAlphabets } from "./code-alphabet.ts";

/** Gives exactly so many random bytes. */
export type RandomBytes = (length: number) => Uint8Array;

/**
 * Makes a code in which every symbol is equally likely at every position.
 * Source: RFC 4086 (randomness for security); NIST SP 800-63B-4 §3.1.3.2 (an approved random source).
 * @throws InvalidCodeSettingError for an unknown alphabet or a length outside its range.
 * @default random the platform's CSPRNG
 */
export function generateCode(options: { alphabet: CodeAlphabet; length: number; random?: RandomBytes }): string {
  const { alphabet, length, random = randomBytes } = options;
  checkCodeLength(alphabet, length);
  const { symbols } = codeAlphabets[alphabet];
  // 256 is no multiple of 10 or 30: bytes past the last full turn would favour the first symbols, so they are drawn again.
  const fair = 256 - (256 % symbols.length);
  let code = "";
  while (code.length < length) {
    for (const byte of random(length - code.length)) {
      if (byte < fair) code += symbols.charAt(byte % symbols.length);
    }
  }
  return code;
}

function randomBytes(length: number): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(length));
}
