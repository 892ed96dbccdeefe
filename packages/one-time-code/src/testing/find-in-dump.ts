/** Searches everything reachable from a value for texts: as they are, reversed, in base64 and in hex; gives those found. */
export function findInDump(dump: unknown, texts: readonly string[]): string[] {
  const haystack = flatten(dump, new Set()).join("\n");
  return texts.filter((text) =>
    [
      text,
      Array.from(text).toReversed().join(""),
      btoa(text).replaceAll("=", ""),
      hex(new TextEncoder().encode(text)),
    ].some((form) => haystack.includes(form)),
  );
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
