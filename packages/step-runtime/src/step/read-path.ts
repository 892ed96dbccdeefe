import type { ModelValue } from "./model.ts";
import { Secret } from "./secret.ts";

/** Follows keys into a value: own keys only, numbers index arrays; through null or missing: null, never an error. */
export function readPath(value: ModelValue, keys: readonly string[]): ModelValue {
  let current: ModelValue = value;
  for (const key of keys) {
    if (current === null || typeof current !== "object" || current instanceof Secret || !Object.hasOwn(current, key)) {
      return null;
    }
    // An array's own keys are its indexes and "length", which is no part of the JSON.
    if (Array.isArray(current) && key === "length") return null;
    current = (current as Readonly<Record<string, ModelValue>>)[key] ?? null;
  }
  return current;
}
