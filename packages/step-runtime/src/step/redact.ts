import type { JsonObject, JsonValue } from "../component/json.ts";
import type { Model, ModelValue } from "./model.ts";
import { readSecret, Secret, secretMask } from "./secret.ts";

const address = /([^\s@<>"'(),;:]{1,64})@([\p{L}\p{N}.-]{1,253})/gu;

/** Masks the e-mail addresses in a text: `d•••@example.test`. */
export function maskAddresses(text: string): string {
  return text.includes("@")
    ? text.replaceAll(address, (_, local: string, domain: string) => `${local.slice(0, 1)}•••@${domain}`)
    : text;
}

/** The value as events, logs and inspectors may show it: every secret is `••••••`, addresses are masked. Shares what needs no change. */
export function redact(value: Model): JsonObject;
export function redact(value: ModelValue): JsonValue;
export function redact(value: ModelValue): JsonValue {
  return mapLeaves(value, redactLeaf);
}

/** The value as modals, answers and responses show it: issued secrets read as their digits in test mode, all others are `••••••`. */
export function present(value: Model): JsonObject;
export function present(value: ModelValue): JsonValue;
export function present(value: ModelValue): JsonValue {
  return mapLeaves(value, presentLeaf);
}

type Leaf = boolean | number | string | Secret;

function redactLeaf(leaf: Leaf): JsonValue {
  return typeof leaf === "string" ? maskAddresses(leaf) : leaf instanceof Secret ? secretMask : leaf;
}

function presentLeaf(leaf: Leaf): JsonValue {
  if (!(leaf instanceof Secret)) return leaf;
  return (leaf.kind === "issued" ? readSecret(leaf) : null) ?? secretMask;
}

/** Replaces the leaves of a value; objects without a changed leaf are returned as they are. */
export function mapLeaves(value: ModelValue, replace: (leaf: Leaf) => JsonValue): JsonValue {
  if (value === null) return null;
  if (typeof value !== "object" || value instanceof Secret) return replace(value);
  if (Array.isArray(value)) {
    const entries: readonly ModelValue[] = value;
    let copy: JsonValue[] | undefined;
    for (const [index, entry] of entries.entries()) {
      const mapped = mapLeaves(entry, replace);
      if (mapped !== entry) copy ??= [...entries] as JsonValue[];
      if (copy) copy[index] = mapped;
    }
    return copy ?? (entries as readonly JsonValue[]);
  }
  const object = value as Model;
  let copy: Record<string, JsonValue> | undefined;
  for (const key in object) {
    const entry = object[key] as ModelValue;
    const mapped = mapLeaves(entry, replace);
    if (mapped === entry) continue;
    copy ??= { ...object } as Record<string, JsonValue>;
    copy[key] = mapped;
  }
  return copy ?? (object as JsonObject);
}
