const prefix = /^(?:user|usr|uid|id|account|acct|employee|emp|u)(?:[-_:./#]|(?=\d))/u;
const name = /^[a-z](?:[\p{L}\p{M}._' -]*[\p{L}\p{M}][._' -]?\d{0,4})?$/u;

/**
 * The part of a normalized name or ID that reads like a person's name, such as `dana` of `dana2024` and of `user-dana`;
 * null for a number, a UUID or the like, and when it begins with none of a–z.
 */
export function nameInIdentifier(identifier: string): string | null {
  const rest = identifier.replace(prefix, "");
  return name.test(rest) ? rest : null;
}
