import type { JsonObject, JsonValue } from "@onceflow/step-runtime";
import { exceedsDepth } from "./exceeds-depth.ts";

/** What became of an item that crossed the sandbox's border. */
export type CleanedItem =
  | { readonly ok: true; readonly item: JsonObject; readonly dropped: boolean }
  | { readonly ok: false; readonly reason: "not-an-object" | "too-deep" };

// With these names a later merge or assignment could reach a prototype of the host.
const dangerousKeys: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype"]);

/** Takes freshly parsed JSON, measures its depth and drops keys that name prototypes. It changes `value` in place. */
export function cleanItem(value: JsonValue, limits: { readonly depth: number }): CleanedItem {
  if (!isObject(value)) return { ok: false, reason: "not-an-object" };
  if (exceedsDepth(value, limits.depth)) return { ok: false, reason: "too-deep" };
  return { ok: true, item: value, dropped: dropDangerousKeys(value) };
}

function dropDangerousKeys(value: JsonValue): boolean {
  if (value === null || typeof value !== "object") return false;
  let dropped = false;
  for (const [key, child] of Object.entries<JsonValue>(value)) {
    if (dangerousKeys.has(key)) dropped = Reflect.deleteProperty(value, key);
    else if (dropDangerousKeys(child)) dropped = true;
  }
  return dropped;
}

function isObject(value: JsonValue): value is JsonObject {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}
