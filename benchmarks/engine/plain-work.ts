import { type JsonObject, readSecret, Secret, secretMask } from "@onceflow/step-runtime";

// The small work that every contender does on values, written without the runtime.

/** A value as an event may show it. */
export function mask(value: unknown): unknown {
  if (value instanceof Secret) return secretMask;
  if (typeof value === "string")
    return value.includes("@") ? value.replaceAll(/([^\s@]{1,64})@([\w.-]{1,253})/g, "•••@$2") : value;
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(mask);
  const masked: Record<string, unknown> = {};
  for (const key in value) masked[key] = mask((value as Record<string, unknown>)[key]);
  return masked;
}

/** A value as its owner may see it. */
export function show(value: unknown): unknown {
  return value instanceof Secret ? (readSecret(value) ?? secretMask) : value;
}

/** A value as a script may read it. */
export function open(value: unknown): unknown {
  if (value instanceof Secret) return show(value);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, open(entry)]));
}

/** Whether a value holds a readable secret. */
export function holdsSecret(value: unknown): boolean {
  if (value instanceof Secret) return readSecret(value) !== null;
  return typeof value === "object" && value !== null && Object.values(value).some(holdsSecret);
}

/** Whether two values are equal by structure. */
export function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length && keys.every((key) => isSame((a as JsonObject)[key], (b as JsonObject)[key]))
  );
}
