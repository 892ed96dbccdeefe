import { type Control, type JsonObject, parsePath } from "@onceflow/step-runtime";

/** Looks a path up in what the page knows: own keys only, through null or missing: null. */
export function readScope(scope: JsonObject, path: string): unknown {
  let value: unknown = scope;
  for (const key of parsePath(path) ?? []) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return null;
    value = (value as Readonly<Record<string, unknown>>)[key];
  }
  return value;
}

/** Whether a message's condition holds; one without a condition always shows. */
export function messageShows(when: Control["when"], scope: JsonObject): boolean {
  if (!when) return true;
  const left = readScope(scope, when.field);
  switch (when.operator) {
    case "equal":
      return left === when.value;
    case "not-equal":
      return left !== when.value;
    case "greater":
      return compare(left, when.value) > 0;
    case "less":
      return compare(left, when.value) < 0;
    case "is-null":
      return left === null;
    case "not-null":
      return left !== null;
    default:
      return false;
  }
}

function compare(left: unknown, right: unknown): number {
  if (typeof left === "number" && typeof right === "number") return left - right;
  if (typeof left === "string" && typeof right === "string") return left < right ? -1 : left > right ? 1 : 0;
  return Number.NaN;
}
