import { type Component, componentSchema } from "./component-schema.ts";
import { decodeComponentText } from "./decode-component-text.ts";
import { explainSchemaIssue } from "./explain-schema-issue.ts";
import type { Issue } from "./issue.ts";
import type { JsonValue } from "./json.ts";
import { printPointer } from "./json-pointer.ts";
import { kindOf } from "./kind-of.ts";
import { withNumberTexts } from "./number-texts.ts";
import { type JsonProblem, type JsonReading, readJson } from "./read-json.ts";
import { scanJson } from "./scan-json.ts";
import { createTextPositions, type TextPosition } from "./text-position.ts";

/** What came of reading a component. */
export interface ParsedComponent {
  /** Null when there is a structural error. */
  readonly component: Component | null;
  readonly issues: readonly Issue[];
  /** Where a JSON pointer, or the nearest thing around it, stands in the text; null when the text could not be read. */
  readonly locate: (pointer: string) => TextPosition | null;
}

/** A hostile file could have millions of problems. */
const maxIssues = 100;

/**
 * Reads a component file. It never throws and never stops at the first problem; whether the component can run is for
 * `validateComponent` to say. Numbers keep their source text (`1.0`) for `printComponent`.
 *
 * @param source JSON text or its UTF-8 bytes, at most 8 MiB, nested at most 64 deep
 */
export function parseComponent(source: string | Uint8Array): ParsedComponent {
  const decoded = decodeComponentText(source);
  if (!decoded.ok) {
    return refused([
      { severity: "error", code: decoded.code, message: decoded.message, pointer: "", line: 1, column: 1 },
    ]);
  }
  const { text } = decoded;
  const position = createTextPositions(text);
  const toIssue = ({ offset, pointer = "", ...problem }: JsonProblem): Issue => ({
    severity: "error",
    ...problem,
    pointer,
    ...position(offset),
  });

  const scan = scanJson(text);
  if (scan.tooMuch) return refused([toIssue(scan.tooMuch)]);
  const reading = readJson(text);
  const locate = (pointer: string) => position(reading.offsetOf(pointer));
  const problems = [...scan.problems, ...reading.problems].toSorted((a, b) => a.offset - b.offset);
  const issues = problems.slice(0, maxIssues).map(toIssue);
  // After a syntax error half of the value is guesswork: what the schema would say of it only distracts.
  if (problems.some(({ code }) => code === "invalid-json")) return { component: null, issues, locate };

  const checked = checkStructure(reading, locate);
  const all = [...issues, ...checked.issues].slice(0, maxIssues);
  return { component: all.length === 0 ? checked.component : null, issues: all, locate };
}

function refused(issues: readonly Issue[]): ParsedComponent {
  return { component: null, issues, locate: () => null };
}

function checkStructure(
  { value, numberTexts }: JsonReading,
  locate: (pointer: string) => TextPosition,
): { readonly component: Component | null; readonly issues: readonly Issue[] } {
  const refusal = notAComponent(value) ?? unsupportedVersion(value);
  if (refusal) return { component: null, issues: [{ severity: "error", ...refusal, ...locate(refusal.pointer) }] };
  const result = componentSchema.safeParse(value);
  if (result.success) return { component: withNumberTexts(result.data, numberTexts), issues: [] };
  const issues = result.error.issues.slice(0, maxIssues).map((issue): Issue => {
    const pointer = printPointer(issue.path);
    return { severity: "error", ...explainSchemaIssue(issue, valueAt(value, issue.path)), pointer, ...locate(pointer) };
  });
  return { component: null, issues };
}

type Refusal = Pick<Issue, "code" | "message" | "pointer">;

function notAComponent(value: JsonValue): Refusal | null {
  const code = "not-a-component";
  const expected = 'expected an object with "format": "onceflow/component"';
  if (value === null || typeof value !== "object" || Array.isArray(value)) {
    const found = typeof value === "boolean" ? "a JSON boolean" : kindOf(value).replace(/^(an? |(?=null))/, "a JSON ");
    return { code, pointer: "", message: `This is ${found}, ${expected}.` };
  }
  if (!("format" in value))
    return { code, pointer: "", message: `This is a JSON object without "format", ${expected}.` };
  if (value.format !== "onceflow/component") {
    return { code, pointer: "/format", message: `This is a JSON object with another "format", ${expected}.` };
  }
  return null;
}

function unsupportedVersion(value: JsonValue): Refusal | null {
  const version = (value as { readonly formatVersion?: unknown }).formatVersion;
  if (typeof version !== "number" || version === 1) return null;
  const message = `"formatVersion" is ${version}, but this program reads version 1. Open the file with the program that wrote it, or update this one.`;
  return { code: "unsupported-format-version", pointer: "/formatVersion", message };
}

function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  let value = root;
  for (const key of path) {
    if (value === null || typeof value !== "object" || !Object.hasOwn(value, key)) return undefined;
    value = (value as Readonly<Record<PropertyKey, unknown>>)[key];
  }
  return value;
}
