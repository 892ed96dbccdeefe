import type { Model, ModelValue } from "./model.ts";
import { readSecret, Secret, type SecretKind } from "./secret.ts";

/** The kind of the readable secrets in a value; issued wins over entered, null when there is none. */
export function readableSecretKind(value: ModelValue): SecretKind | null {
  if (value === null || typeof value !== "object") return null;
  if (value instanceof Secret) return readSecret(value) === null ? null : value.kind;
  let found: SecretKind | null = null;
  for (const key in value) {
    const kind = readableSecretKind((value as Model)[key] ?? null);
    if (kind === "issued") return kind;
    found ??= kind;
  }
  return found;
}
