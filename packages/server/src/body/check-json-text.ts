import { ProblemError } from "../problems/problem-error.ts";

const maxDepth = 64;
const forbiddenKeys = new Set(["__proto__", "constructor", "prototype"]);

/**
 * Refuses JSON that no schema should have to meet: nested deeper than 64, with keys of the prototype, or not JSON at all.
 * Nothing in here recurses, whatever the text looks like.
 *
 * @throws ProblemError `too-deep`, `malformed-body` or `forbidden-key`
 */
export function checkJsonText(text: string): void {
  if (nestingOf(text) > maxDepth)
    throw new ProblemError("too-deep", `Nest objects and arrays at most ${maxDepth} deep.`);
  const open: unknown[] = [parse(text)];
  while (open.length > 0) {
    const value = open.pop();
    if (typeof value !== "object" || value === null) continue;
    for (const [key, child] of Object.entries(value)) {
      if (forbiddenKeys.has(key)) {
        throw new ProblemError(
          "forbidden-key",
          "Keys named __proto__, constructor or prototype are not allowed anywhere.",
        );
      }
      open.push(child);
    }
  }
}

function nestingOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let index = 0; index < text.length; index++) {
    const character = text[index];
    if (inString) {
      if (character === "\\") index++;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === "{" || character === "[") deepest = Math.max(deepest, ++depth);
    else if (character === "}" || character === "]") depth--;
  }
  return deepest;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own message quotes the text, which may hold a secret.
    throw new ProblemError("malformed-body", "The body is not JSON.");
  }
}
