/** Keys that could reach into the program; they are no part of any model. */
export const forbiddenKeys: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype"]);

const segment = /(?:^|\.)([^.[\]"]+)|\["((?:[^"\\]|\\.)*)"\]|\[(\d+)\]/gy;

/**
 * Splits a path into its keys: at `.`, with `["a.b"]` for odd keys; numbers index arrays.
 *
 * @returns null when the text is not a path, or one with a forbidden key
 */
export function parsePath(path: string): readonly string[] | null {
  const keys: string[] = [];
  let end = 0;
  segment.lastIndex = 0;
  for (let match = segment.exec(path); match; match = segment.exec(path)) {
    keys.push(match[1] ?? match[3] ?? (match[2] ?? "").replaceAll(/\\(.)/g, "$1"));
    end = segment.lastIndex;
  }
  const isWhole = end === path.length && keys.length > 0;
  return isWhole && !keys.some((key) => forbiddenKeys.has(key)) ? keys : null;
}

/** Whether a text is a path. */
export function isPath(path: string): boolean {
  return parsePath(path) !== null;
}

/** Writes keys as a path. */
export function printPath(keys: readonly string[]): string {
  return keys
    .map((key, index) => (/^[^.[\]"]+$/.test(key) ? `${index === 0 ? "" : "."}${key}` : `[${JSON.stringify(key)}]`))
    .join("");
}
