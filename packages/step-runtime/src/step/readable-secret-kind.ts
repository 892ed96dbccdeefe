import type { Model, ModelValue } from "./model.ts";
import { readInStep, Secret, type SecretKind } from "./secret.ts";

/** The kind of the readable secrets in a value; issued wins over entered, null when there is none. */
export function readableSecretKind(value: ModelValue): SecretKind | null {
  if (value === null || typeof value !== "object") return null;
  if (value instanceof Secret) return readInStep(value) === null ? null : value.kind;
  let found: SecretKind | null = null;
  const entries: readonly ModelValue[] = Array.isArray(value) ? value : Object.values(value as Model);
  for (const entry of entries) {
    const kind = readableSecretKind(entry);
    if (kind === "issued") return kind;
    found ??= kind;
  }
  return found;
}
