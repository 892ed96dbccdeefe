import { type Node, type ParseError, parseTree } from "jsonc-parser";
import type { JsonValue } from "./json.ts";
import { parsePointer, printPointer } from "./json-pointer.ts";
import { forbiddenKeys } from "./path.ts";
import {
  addNumberText,
  createNumberTexts,
  type NumberTexts,
  type Place,
  printNumber,
  rootPlace,
  stablePlaces,
} from "./number-texts.ts";

/** A problem of a JSON text, at an offset. */
export interface JsonProblem {
  readonly code: string;
  readonly message: string;
  readonly offset: number;
  readonly pointer?: string;
  readonly fixes?: readonly string[];
}

/** What a JSON text says. */
export interface JsonReading {
  readonly value: JsonValue;
  readonly problems: readonly JsonProblem[];
  readonly numberTexts: NumberTexts;
  /** The offset of a pointer's key or element, or of the nearest thing around it. */
  readonly offsetOf: (pointer: string) => number;
}

/** Reads a JSON text whose depth is known to be small; comments and trailing commas pass. */
export function readJson(text: string): JsonReading {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true });
  const problems = errors.map((error) => syntaxProblem(error, text));
  const numberTexts = createNumberTexts();

  function read(node: Node | undefined, keys: readonly string[], place: Place): JsonValue {
    if (node?.type === "object") return readObject(node, keys, place);
    if (node?.type === "array") {
      const list: JsonValue[] = [];
      const childPlace = stablePlaces(place, list);
      for (const [index, child] of (node.children ?? []).entries()) {
        list.push(read(child, [...keys, String(index)], childPlace(String(index), idHolder(child))));
      }
      return list;
    }
    if (node?.type === "number") {
      const source = text.slice(node.offset, node.offset + node.length);
      if (source !== printNumber(node.value)) addNumberText(numberTexts, place, source);
    }
    return node?.value ?? null;
  }

  function readObject(node: Node, keys: readonly string[], place: Place): JsonValue {
    const object: Record<string, JsonValue> = {};
    const childPlace = stablePlaces(place, object);
    for (const property of node.children ?? []) {
      const key = String(property.children?.[0]?.value);
      const childKeys = [...keys, key];
      if (forbiddenKeys.has(key)) {
        problems.push(
          keyProblem(
            "prototype-key",
            `The key "${key}" is not allowed: it could reach into the program. Rename it.`,
            property,
            childKeys,
          ),
        );
        continue;
      }
      if (Object.hasOwn(object, key)) {
        problems.push(
          keyProblem(
            "duplicate-key",
            `The key "${key}" stands twice in the same object. Remove one of them.`,
            property,
            childKeys,
          ),
        );
      }
      object[key] = read(property.children?.[1], childKeys, childPlace(key, null));
    }
    return object;
  }

  const value = read(root, [], rootPlace);
  return { value, problems, numberTexts, offsetOf: (pointer) => offsetOf(root, pointer) };
}

/** An object with the node's `id`, if it has one, for {@link stablePlaces}. */
function idHolder(node: Node): object {
  const property =
    node.type === "object" ? node.children?.findLast(({ children }) => children?.[0]?.value === "id") : undefined;
  return { id: property?.children?.[1]?.value };
}

function keyProblem(code: string, message: string, { offset }: Node, keys: readonly string[]): JsonProblem {
  return { code, message, offset, pointer: printPointer(keys) };
}

function offsetOf(root: Node | undefined, pointer: string): number {
  let node = root;
  let offset = root?.offset ?? 0;
  for (const key of parsePointer(pointer)) {
    if (node?.type === "array") {
      node = node.children?.[Number(key)];
      if (!node) break;
      offset = node.offset;
    } else {
      const property = node?.children?.findLast(({ children }) => children?.[0]?.value === key);
      if (!property) break;
      offset = property.offset;
      node = property.children?.[1];
    }
  }
  return offset;
}

// By jsonc-parser's ParseErrorCode, an ambient const enum that isolated modules cannot read.
const syntaxMessages: Readonly<Record<number, string>> = {
  1: 'Expected a value: a text in "double quotes", a number, true, false, null, { or [.',
  2: "This is not a number as JSON writes it. Write digits, such as 300 or 0.5.",
  3: 'Expected a key in "double quotes".',
  4: "A value is missing here.",
  5: "A colon is missing between key and value.",
  6: "A comma is missing before this entry.",
  7: "An object is not closed. Add the missing }.",
  8: "An array is not closed. Add the missing ].",
  9: "The component ends before this text. Remove what follows.",
  11: "A comment is not closed.",
  12: 'A text is not closed. Add the missing ".',
  13: "This is not a number as JSON writes it. Write digits, such as 300 or 0.5.",
  14: "This \\u is not followed by four hexadecimal digits.",
  15: 'This character cannot follow \\. Write \\\\ for a backslash and \\" for a quote.',
  16: "A text holds a control character, such as a line break. Write \\n for a line break and \\t for a tab.",
};

function syntaxProblem({ error, offset }: ParseError, text: string): JsonProblem {
  const found = offset < text.length ? "" : " The file ends here; it may have been cut off.";
  return { code: "invalid-json", message: `${syntaxMessages[error] ?? "This is not JSON."}${found}`, offset };
}
