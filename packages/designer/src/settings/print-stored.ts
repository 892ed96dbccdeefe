/** A stored value as the text of a one-line field; what is not set is empty. */
export function printStored(stored: unknown): string {
  if (stored === undefined || stored === null) return "";
  return typeof stored === "string" ? stored : JSON.stringify(stored);
}
