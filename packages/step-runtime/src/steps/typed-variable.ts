import { forbiddenKeys } from "../component/path.ts";
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
 * @throws StepFailure `wrong-type`, `unknown-variable-type` or `forbidden-key`; `quoted` is how its message names the variable.
 */
export function typedVariable(name: string, value: ModelValue, quoted: string): string {
  const at = name.lastIndexOf("@");
  if (at < 1) return name;
  const suffix = name.slice(at + 1);
  const type = Object.hasOwn(typeBySuffix, suffix) ? typeBySuffix[suffix] : undefined;
  if (type === undefined) {
    throw new StepFailure(
      "unknown-variable-type",
      `The script sets ${quoted} with a type that does not exist. Known types: ${Object.keys(typeBySuffix)
        .map((known) => `@${known}`)
        .join(", ")}.`,
    );
  }
  if (value !== null && !matchesType(value, type)) {
    throw new StepFailure("wrong-type", `The script sets ${quoted} to a value that is not of type @${suffix}.`);
  }
  const plain = name.slice(0, at);
  if (forbiddenKeys.has(plain))
    throw new StepFailure("forbidden-key", `The script sets ${quoted}, a name that is not allowed. Rename it.`);
  return plain;
}
