import type { Component } from "../component/component-schema.ts";
import type { JsonObject } from "../component/json.ts";
import type { Model, ModelValue } from "../step/model.ts";
import { Secret } from "../step/secret.ts";
import { matchesType } from "../step/value-type.ts";

/** An answer that may be taken, or why not; the message names definitions and never repeats a value. */
export type CheckedAnswer =
  | { readonly ok: true; readonly values: Model }
  | { readonly ok: false; readonly message: string };

/** Checks the values of an answer against the definitions that were asked for; secret ones become entered secrets. */
export function checkAnswer(
  value: JsonObject,
  {
    component,
    fields,
    outcome,
  }: { readonly component: Component; readonly fields: readonly string[]; readonly outcome: string },
): CheckedAnswer {
  const values: Record<string, ModelValue> = {};
  if (outcome !== "answered") {
    return Object.keys(value).length === 0
      ? { ok: true, values }
      : { ok: false, message: `Values come with the outcome "answered" only.` };
  }
  if (Object.keys(value).some((name) => !fields.includes(name))) {
    return { ok: false, message: `The answer has a value that was not asked for. Asked for: ${fields.join(", ")}.` };
  }
  for (const field of fields) {
    const definition = component.definitions.find(({ name }) => name === field);
    const given = Object.hasOwn(value, field) ? (value[field] ?? null) : null;
    if (given === null) {
      values[field] = null;
    } else if (definition && !matchesType(given, definition.type)) {
      return { ok: false, message: `The value of definition "${field}" is not of type ${definition.type}.` };
    } else {
      values[field] = definition?.secret ? new Secret("entered", given) : given;
    }
  }
  return { ok: true, values };
}
