import type { JsonValue } from "@onceflow/step-runtime";

/** Whether more than `limit` objects and arrays are nested in `value`; a cyclic value always exceeds it. */
export function exceedsDepth(value: JsonValue | undefined, limit: number): boolean {
  if (value === null || typeof value !== "object") return false;
  if (limit === 0) return true;
  return Object.values(value).some((child: JsonValue) => exceedsDepth(child, limit - 1));
}
