/** What a code is for; it decides how many codes there must at least be. */
export type CodePurpose = "second_factor" | "sole_factor";

/**
 * How many different codes a purpose needs.
 * Source: NIST SP 800-63B-4 §3.1.3.2 (six decimal digits at least); a code that is the only factor gets two more,
 * as its guesser needs nothing else (RFC 4226 §7.3 and appendix E: length against throttling).
 */
export const minimumCodes: Readonly<Record<CodePurpose, number>> = {
  second_factor: 1e6,
  sole_factor: 1e8,
};
