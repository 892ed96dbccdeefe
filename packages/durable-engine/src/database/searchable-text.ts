/**
 * A text to look for. NUL and lone surrogates have no place in a text of PostgreSQL, and no name or ID has one: what is
 * asked for with one is nobody's.
 */
export function searchableText(text: string): string {
  return text.replaceAll(/[\0\p{Surrogate}]/gu, "\uFFFD");
}
