import type { Component } from "../component/component-schema.ts";
import type { JsonValue } from "../component/json.ts";
import type { Model, ModelValue } from "../step/model.ts";
import { readableSecretKind } from "../step/readable-secret-kind.ts";
import { mapLeaves } from "../step/redact.ts";
import { readInStep, Secret, secretMask } from "../step/secret.ts";

/**
 * The caller's values for the declared definitions: missing ones null, secret ones entered secrets; undeclared names stay,
 * for the check to find. A value that is secret already, as a calling dataflow may have it, keeps its kind.
 */
export function readInput(component: Component, input: Model): Model {
  const model: Record<string, ModelValue> = { ...input };
  for (const { name, secret } of component.definitions) {
    const value = Object.hasOwn(input, name) ? (input[name] ?? null) : null;
    model[name] =
      secret && value !== null && !(value instanceof Secret)
        ? new Secret(readableSecretKind(value) ?? "entered", open(value))
        : value;
  }
  return model;
}

/** The value as one secret holds it: without secrets of its own. */
function open(value: ModelValue): JsonValue {
  return mapLeaves(value, (leaf) => (leaf instanceof Secret ? (readInStep(leaf) ?? secretMask) : leaf));
}
