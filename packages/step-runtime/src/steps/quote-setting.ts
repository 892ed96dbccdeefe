/** A setting's value for a card's sentence: the path, the template's text or the literal. */
export function quoteSetting(value: unknown): string {
  if (typeof value === "object" && value !== null) {
    if ("$path" in value) return String(value.$path);
    if ("$template" in value) return `“${String(value.$template)}”`;
  }
  return typeof value === "string" ? value : JSON.stringify(value);
}
