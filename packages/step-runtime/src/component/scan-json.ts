import { createScanner } from "jsonc-parser";
import { componentLimits } from "./component-limits.ts";
import type { JsonProblem } from "./read-json.ts";

// jsonc-parser's SyntaxKind is an ambient const enum, which isolated modules cannot read.
const token = {
  openBrace: 1,
  closeBrace: 2,
  openBracket: 3,
  closeBracket: 4,
  comma: 5,
  colon: 6,
  string: 10,
  lineComment: 12,
  blockComment: 13,
  trivia: 15,
  end: 17,
} as const;

/** Finds, token by token and without recursion, what a parser must not be given and what JSON has no room for. */
export function scanJson(text: string): {
  readonly tooMuch: JsonProblem | null;
  readonly problems: readonly JsonProblem[];
} {
  const scanner = createScanner(text, false);
  const problems: JsonProblem[] = [];
  let depth = 0;
  let values = 0;
  let commaOffset: number | null = null;
  let keyOffset: number | null = null;
  for (let kind: number = scanner.scan(); kind !== token.end; kind = scanner.scan()) {
    const offset = scanner.getTokenOffset();
    if (kind === token.comma || kind === token.openBrace || kind === token.openBracket) {
      values++;
      if (values > componentLimits.values) return { tooMuch: tooManyAt(offset), problems };
    }
    if (kind === token.openBrace || kind === token.openBracket) {
      depth++;
      if (depth > componentLimits.depth) return { tooMuch: tooDeepAt(offset), problems };
    }
    if (kind === token.closeBrace || kind === token.closeBracket) {
      depth--;
      if (commaOffset !== null) problems.push(trailingCommaAt(commaOffset));
    }
    if (kind === token.colon && keyOffset !== null) return { tooMuch: longKeyAt(keyOffset), problems };
    keyOffset = kind === token.string && scanner.getTokenLength() > componentLimits.keyLength ? offset : null;
    if (kind === token.lineComment || kind === token.blockComment) problems.push(commentAt(offset));
    else if (kind < token.lineComment || kind > token.trivia) commaOffset = kind === token.comma ? offset : null;
  }
  return { tooMuch: null, problems };
}

function tooDeepAt(offset: number): JsonProblem {
  const message = `The file nests more than ${componentLimits.depth} objects and arrays in one another. Flatten it.`;
  return { code: "too-deep", message, offset };
}

function tooManyAt(offset: number): JsonProblem {
  const message = `The file holds more than ${componentLimits.values} values. Split it into several components.`;
  return { code: "too-large", message, offset };
}

function longKeyAt(offset: number): JsonProblem {
  const message = `A key is longer than ${componentLimits.keyLength} characters. Shorten it.`;
  return { code: "too-large", message, offset };
}

function trailingCommaAt(offset: number): JsonProblem {
  const message = "A comma stands after the last entry; JSON has none there. Remove the comma.";
  return { code: "trailing-comma", message, offset, fixes: ["Remove the comma."] };
}

function commentAt(offset: number): JsonProblem {
  const message = 'This is a comment; JSON has none. Remove it, or keep the text under "layout".';
  return { code: "comment-in-json", message, offset, fixes: ["Remove the comment."] };
}
