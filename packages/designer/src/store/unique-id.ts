/** A readable id that is not taken yet: `execute-script`, then `execute-script-2`. */
export function uniqueId(wish: string, taken: ReadonlySet<string>): string {
  const base = toId(wish);
  if (!taken.has(base)) return base;
  let number = 2;
  while (taken.has(withNumber(base, number))) number += 1;
  return withNumber(base, number);
}

function toId(text: string): string {
  const id = text
    .normalize("NFD")
    .replaceAll(/\p{Mark}/gu, "")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^[^a-z]+|-+$/g, "");
  return id.slice(0, 64) || "step";
}

function withNumber(base: string, number: number): string {
  const suffix = `-${number}`;
  return `${base.slice(0, 64 - suffix.length)}${suffix}`;
}
