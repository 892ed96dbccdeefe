import type { JsonObject, JsonValue } from "../component/json.ts";
import type { Model, ModelValue } from "../step/model.ts";
import { mapLeaves } from "../step/redact.ts";
import { readSecret, Secret, secretMask, type SecretKind } from "../step/secret.ts";
import { typedVariable } from "./typed-variable.ts";

/** The model as a script may read it: readable secrets as their text, all others as `••••••`. */
export function toScriptItem(model: Model): JsonObject {
  return mapLeaves(model, (leaf) => (leaf instanceof Secret ? (readSecret(leaf) ?? secretMask) : leaf)) as JsonObject;
}

/**
 * What a script added to or changed in its item, and the keys that it removed. When its input held readable secrets
 * (`kind`, see `readableSecretKind`), every such variable is a secret as a whole: nobody searches for digits.
 *
 * @throws StepFailure for a typed variable with a wrong value.
 */
export function scriptChanges(
  before: JsonObject,
  after: JsonObject,
  kind: SecretKind | null,
): { readonly data: Model; readonly drop: readonly string[] } {
  const data: Record<string, ModelValue> = {};
  for (const name of Object.keys(after)) {
    const value = after[name] ?? null;
    if (Object.hasOwn(before, name) && isSame(before[name] ?? null, value)) continue;
    if (name === "data" && isObject(before["data"]) && isObject(value)) {
      const definitions = changedDefinitions(before["data"], value, kind);
      if (Object.keys(definitions).length > 0) data["data"] = definitions;
    } else {
      data[typedVariable(name, value)] = wrap(value, kind);
    }
  }
  return { data, drop: Object.keys(before).filter((name) => name !== "data" && !Object.hasOwn(after, name)) };
}

function changedDefinitions(before: JsonObject, after: JsonObject, kind: SecretKind | null): Model {
  const changed: Record<string, ModelValue> = {};
  for (const [name, value] of Object.entries(after)) {
    if (!Object.hasOwn(before, name) || !isSame(before[name] ?? null, value))
      changed[typedVariable(name, value)] = wrap(value, kind);
  }
  return changed;
}

function wrap(value: JsonValue, kind: SecretKind | null): ModelValue {
  return kind === null || value === null ? value : new Secret(kind, value);
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isSame(a: JsonValue, b: JsonValue): boolean {
  if (a === b) return true;
  if (
    a === null ||
    b === null ||
    typeof a !== "object" ||
    typeof b !== "object" ||
    Array.isArray(a) !== Array.isArray(b)
  )
    return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every(
    (key) => Object.hasOwn(b, key) && isSame((a as JsonObject)[key] as JsonValue, (b as JsonObject)[key] as JsonValue),
  );
}
