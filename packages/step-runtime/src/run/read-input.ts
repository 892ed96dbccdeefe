import type { Component } from "../component/component-schema.ts";
import type { JsonObject, JsonValue } from "../component/json.ts";
import type { Model, ModelValue } from "../step/model.ts";
import { Secret } from "../step/secret.ts";

/** The caller's values for the declared definitions: missing ones null, secret ones entered secrets; undeclared names stay, for the check to find. */
export function readInput(component: Component, input: JsonObject): Model {
  const model: Record<string, ModelValue> = { ...input };
  for (const { name, secret } of component.definitions) {
    const value: JsonValue = Object.hasOwn(input, name) ? (input[name] ?? null) : null;
    model[name] = secret && value !== null ? new Secret("entered", value) : value;
  }
  return model;
}
