import type { ModelValue } from "../step/model.ts";
import { readSecret, Secret } from "../step/secret.ts";

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

function isEqual(a: ModelValue, b: ModelValue): boolean {
  if (a === null || b === null || typeof a !== "object" || typeof b !== "object") return a === b;
  return JSON.stringify(a) === JSON.stringify(b);
}

function isGreater(a: ModelValue, b: ModelValue): boolean {
  return (
    (typeof a === "number" && typeof b === "number" && a > b) ||
    (typeof a === "string" && typeof b === "string" && a > b)
  );
}

function readable(value: ModelValue): ModelValue {
  return value instanceof Secret ? readSecret(value) : value;
}
