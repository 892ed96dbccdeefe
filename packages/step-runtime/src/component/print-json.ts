import * as z from "zod";
import {
  createNumberTexts,
  findNumberText,
  type NumberTexts,
  type Place,
  printNumber,
  rootPlace,
  stablePlaces,
} from "./number-texts.ts";

const lineWidth = 100;

/** What gives a JSON text its order and its numbers. */
export interface PrintJsonOptions {
  /** Keys that it names come first, in its order. */
  readonly schema?: z.ZodType;
  readonly numberTexts?: NumberTexts;
}

/**
 * Writes JSON with two spaces and a final newline; an array of plain values stands on one line when it fits into 100 columns.
 */
export function printJson(
  value: unknown,
  { schema, numberTexts = createNumberTexts() }: PrintJsonOptions = {},
): string {
  return `${createPrinter(numberTexts)(value, schema, rootPlace, "")}\n`;
}

type Print = (value: unknown, schema: unknown, place: Place, indent: string, used?: number) => string;

function createPrinter(texts: NumberTexts): Print {
  const print: Print = (value, schema, place, indent, used = indent.length) => {
    if (typeof value === "number") {
      const text = findNumberText(texts, place);
      return text !== undefined && Object.is(Number(text), value) ? text : printNumber(value);
    }
    if (value === null || typeof value !== "object") return JSON.stringify(value) ?? "null";
    return Array.isArray(value)
      ? printArray(value, schema, place, indent, used)
      : printObject(value, schema, place, indent);
  };

  const printArray = (
    list: readonly unknown[],
    schema: unknown,
    place: Place,
    indent: string,
    used: number,
  ): string => {
    const element = elementSchema(schema);
    const childPlace = stablePlaces(place, list);
    const items = list.map((item, index) => print(item, element, childPlace(String(index), item), `${indent}  `));
    const line = `[${items.join(", ")}]`;
    const isPlain = list.every((item) => item === null || typeof item !== "object");
    // One column for the comma that may follow.
    if (items.length === 0 || (isPlain && used + line.length < lineWidth)) return line;
    return `[\n${items.map((item) => `${indent}  ${item}`).join(",\n")}\n${indent}]`;
  };

  const printObject = (object: object, schema: unknown, place: Place, indent: string): string => {
    const shape = keySchemas(schema);
    const childPlace = stablePlaces(place, object);
    const values = object as Readonly<Record<string, unknown>>;
    const known = Object.keys(shape).filter((key) => Object.hasOwn(object, key));
    const unknown = Object.keys(object).filter((key) => !Object.hasOwn(shape, key));
    const lines = [...known, ...unknown]
      .filter((key) => values[key] !== undefined)
      .map((key) => {
        const start = `${indent}  ${JSON.stringify(key)}: `;
        return start + print(values[key], shape[key], childPlace(key, values[key]), `${indent}  `, start.length);
      });
    return lines.length === 0 ? "{}" : `{\n${lines.join(",\n")}\n${indent}}`;
  };
  return print;
}

function keySchemas(schema: unknown): Readonly<Record<string, unknown>> {
  const inner = unwrap(schema);
  return inner instanceof z.ZodObject ? inner.shape : {};
}

function elementSchema(schema: unknown): unknown {
  const inner = unwrap(schema);
  return inner instanceof z.ZodArray ? inner.element : undefined;
}

function unwrap(schema: unknown): unknown {
  return schema instanceof z.ZodOptional || schema instanceof z.ZodDefault ? schema.unwrap() : schema;
}
