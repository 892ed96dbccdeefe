import type * as z from "zod";
import { kindOf } from "./kind-of.ts";
import { schemaExpectation } from "./schema-expectation.ts";

/** A schema's complaint in words, with a stable code. */
export interface SchemaComplaint {
  readonly code: "missing-key" | "wrong-type" | "invalid-id" | "invalid-value";
  readonly message: string;
}

/** Says what the component's schema found and what it expects at `value`. */
export function explainSchemaIssue(issue: z.core.$ZodIssue, value: unknown): SchemaComplaint {
  const name = subject(issue.path);
  const expected = schemaExpectation(issue);
  if (value === undefined) return { code: "missing-key", message: `${name} is missing, expected ${expected}. Add it.` };
  if (issue.code === "invalid_format") {
    return {
      code: "invalid-id",
      message: `${name} is not an id: an id has lower-case letters, digits and dashes, starts with a letter and has at most 64 characters.`,
    };
  }
  if (issue.code === "invalid_type" || issue.code === "invalid_union") {
    return { code: "wrong-type", message: `${name} is ${kindOf(value)}, expected ${expected}.` };
  }
  return { code: "invalid-value", message: `${name} has a value that is not allowed, expected ${expected}.` };
}

function subject(path: readonly PropertyKey[]): string {
  const last = path.at(-1);
  if (typeof last !== "number") return `"${String(last)}"`;
  return `Entry ${last + 1} of "${String(path.at(-2))}"`;
}
