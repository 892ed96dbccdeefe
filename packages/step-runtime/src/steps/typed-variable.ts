import type { ModelValue } from "../step/model.ts";
import { StepFailure } from "../step/step-failure.ts";
import { matchesType } from "../step/value-type.ts";

const typeBySuffix: Readonly<Record<string, string>> = {
  number: "number",
  integer: "integer",
  string: "string",
  uuid: "uuid",
  boolean: "boolean",
  uri: "uri",
  date: "date",
  "date-time": "datetime",
  time: "time",
  catalog: "catalog",
  array: "array",
};

/**
 * Splits a variable such as `_ok@boolean` (the source platform's typed variables): the value is checked, then stored and read as `_ok`.
 *
 * @throws StepFailure `wrong-type` or `unknown-variable-type`, naming the variable.
 */
export function typedVariable(name: string, value: ModelValue): string {
  const at = name.lastIndexOf("@");
  if (at < 1) return name;
  const suffix = name.slice(at + 1);
  const type = Object.hasOwn(typeBySuffix, suffix) ? typeBySuffix[suffix] : undefined;
  if (type === undefined) {
    throw new StepFailure(
      "unknown-variable-type",
      `Variable "${name}" has the unknown type "@${suffix}". Known types: ${Object.keys(typeBySuffix)
        .map((known) => `@${known}`)
        .join(", ")}.`,
    );
  }
  if (value !== null && !matchesType(value, type)) {
    throw new StepFailure("wrong-type", `Variable "${name}" got a value that is not of type @${suffix}.`);
  }
  return name.slice(0, at);
}
