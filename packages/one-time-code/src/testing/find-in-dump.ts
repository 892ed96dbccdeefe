/**
 * Searches everything reachable from a value for texts: as they are, reversed, in base64 and in hex, also in the middle
 * of something longer; gives those found.
 */
export function findInDump(dump: unknown, texts: readonly string[]): string[] {
  const haystack = flatten(dump, new Set()).join("\n");
  // Mostly there is nothing, and one expression says so much sooner than a search for each form.
  const anything = new RegExp(texts.flatMap(formsOf).map(literally).join("|"));
  if (!anything.test(haystack)) return [];
  return texts.filter((text) => formsOf(text).some((form) => haystack.includes(form)));
}

function literally(text: string): string {
  return text.replaceAll(/\W/g, String.raw`\$&`);
}

function formsOf(text: string): string[] {
  const bytes = new TextEncoder().encode(text);
  const digits = hex(bytes);
  return [
    text,
    Array.from(text).toReversed().join(""),
    ...[0, 1, 2].map((before) => base64Within(bytes, before)),
    digits,
    digits.toUpperCase(),
  ];
}

/** What base64 makes of bytes that so many others precede, as far as it depends on these bytes alone. */
function base64Within(bytes: Uint8Array, before: number): string {
  const encoded = btoa("\0".repeat(before) + String.fromCharCode(...bytes));
  return encoded.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
}

function flatten(value: unknown, seen: Set<unknown>): string[] {
  if (value instanceof Uint8Array) {
    const text = String.fromCharCode(...value);
    return [text, btoa(text), hex(value)];
  }
  if (value instanceof Date) return [value.toISOString()];
  if (typeof value !== "object" || value === null) return [String(value)];
  if (seen.has(value)) return [];
  seen.add(value);
  const parts = value instanceof Map || value instanceof Set ? [...value] : Object.entries(value).flat();
  return parts.flatMap((part: unknown) => flatten(part, seen));
}

function hex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
