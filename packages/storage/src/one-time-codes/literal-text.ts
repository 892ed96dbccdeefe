/** The text that `wellFormedText` made one of that PostgreSQL can hold. */
export function literalText(stored: string): string {
  if (!stored.startsWith("\u0001")) return stored;
  return stored
    .slice(1)
    .split(" ")
    .map((unit) => String.fromCharCode(Number.parseInt(unit, 16)))
    .join("");
}
