import type { Model, ModelValue } from "../step/model.ts";
import { readInStep, Secret } from "../step/secret.ts";

/** Compares two values the way Filter source and a message's `when` do; an unknown operator never matches. */
export function compareValues(left: ModelValue, operator: string, right: ModelValue): boolean {
  const a = readable(left);
  const b = readable(right);
  switch (operator) {
    case "equal":
      return isEqual(a, b);
    case "not-equal":
      return !isEqual(a, b);
    case "greater":
      return isGreater(a, b);
    case "less":
      return isGreater(b, a);
    case "is-null":
      return a === null;
    case "not-null":
      return a !== null;
    default:
      return false;
  }
}

/** By structure, with secrets opened; one that cannot be read (an issued code outside test mode) equals nothing. */
function isEqual(left: ModelValue, right: ModelValue): boolean {
  const a = readable(left);
  const b = readable(right);
  if (a instanceof Secret || b instanceof Secret) return false;
  if (a === null || b === null || typeof a !== "object" || typeof b !== "object") return a === b;
  const keys = Object.keys(a);
  return (
    Array.isArray(a) === Array.isArray(b) &&
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && isEqual((a as Model)[key] ?? null, (b as Model)[key] ?? null))
  );
}

function isGreater(a: ModelValue, b: ModelValue): boolean {
  return (
    (typeof a === "number" && typeof b === "number" && a > b) ||
    (typeof a === "string" && typeof b === "string" && a > b)
  );
}

/** What a secret holds; the secret itself when nobody may read it, so that it is never taken for null. */
function readable(value: ModelValue): ModelValue {
  return value instanceof Secret ? (readInStep(value) ?? value) : value;
}
