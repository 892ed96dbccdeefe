import { InvalidCodeSettingError } from "../one-time-code-error.ts";
import type { OneTimeCodePolicy } from "../one-time-code-policy.ts";
import { type CodeAlphabet, codeAlphabets } from "./code-alphabet.ts";
import { type CodePurpose, minimumCodes } from "./code-purpose.ts";

/** Throws `InvalidCodeSettingError` unless the alphabet exists and allows the length. */
export function checkCodeLength(alphabet: CodeAlphabet, length: number): void {
  if (!Object.hasOwn(codeAlphabets, alphabet)) {
    throw new InvalidCodeSettingError("alphabet", `The alphabet of a code is one of ${quoted(codeAlphabets)}.`);
  }
  const { minLength, maxLength } = codeAlphabets[alphabet];
  if (!Number.isInteger(length) || length < minLength || length > maxLength) {
    throw new InvalidCodeSettingError(
      "length",
      `A code of "${alphabet}" has ${minLength} to ${maxLength} symbols. Set a whole number in that range.`,
    );
  }
}

/**
 * Throws `InvalidCodeSettingError` unless there are enough such codes for the purpose and the lifetime is in range;
 * nothing is ever clamped.
 * Source: NIST SP 800-63B-4 §3.1.3.2 (valid for 10 minutes at most).
 */
export function checkCodeSettings(
  settings: { alphabet: CodeAlphabet; length: number; purpose: CodePurpose; lifetimeSeconds: number },
  policy: OneTimeCodePolicy,
): void {
  const { alphabet, length, purpose, lifetimeSeconds } = settings;
  checkCodeLength(alphabet, length);
  if (!Object.hasOwn(minimumCodes, purpose)) {
    throw new InvalidCodeSettingError("purpose", `The purpose of a code is one of ${quoted(minimumCodes)}.`);
  }
  if (codeAlphabets[alphabet].symbols.length ** length < minimumCodes[purpose]) {
    throw new InvalidCodeSettingError(
      "length",
      `${length} symbols of "${alphabet}" are too few for "${purpose}", which needs ${minimumCodes[purpose]} different codes. Make the code longer.`,
    );
  }
  const { minLifetimeSeconds, maxLifetimeSeconds } = policy;
  if (
    !Number.isInteger(lifetimeSeconds) ||
    lifetimeSeconds < minLifetimeSeconds ||
    lifetimeSeconds > maxLifetimeSeconds
  ) {
    throw new InvalidCodeSettingError(
      "lifetimeSeconds",
      `A code lives ${minLifetimeSeconds} to ${maxLifetimeSeconds} seconds. Set a whole number in that range.`,
    );
  }
}

function quoted(names: object): string {
  return Object.keys(names)
    .map((name) => `"${name}"`)
    .join(" and ");
}
