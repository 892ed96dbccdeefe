/**
 * A text as PostgreSQL can hold it. NUL and lone surrogates have no place there, so a text with one of them is kept in
 * an escaped form, which no other text has.
 */
export function wellFormedText(text: string): string {
  // oxlint-disable-next-line no-control-regex -- NUL, and the mark of the escaped form
  if (!/[\0\u0001\p{Surrogate}]/u.test(text)) return text;
  return `\u0001${Array.from({ length: text.length }, (_, index) => text.charCodeAt(index).toString(16)).join(" ")}`;
}
