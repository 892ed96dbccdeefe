import type { JsonObject, JsonValue } from "../component/json.ts";
import { maskAddresses } from "./mask-addresses.ts";
import type { Model, ModelValue } from "./model.ts";
import { createModelBudget, type ModelBudget, spend } from "./model-budget.ts";
import { readSecret, Secret, secretMask } from "./secret.ts";

/**
 * The value as events, logs and inspectors may show it: every secret is `••••••`, addresses are masked, in keys as well.
 * Shares what needs no change.
 *
 * @throws StepFailure `model-too-large` when the walk costs more than the budget.
 */
export function redact(value: Model, budget?: ModelBudget): JsonObject;
export function redact(value: ModelValue, budget?: ModelBudget): JsonValue;
export function redact(value: ModelValue, budget: ModelBudget = createModelBudget()): JsonValue {
  return mapLeaves(value, redactLeaf, budget, maskAddresses);
}

/** The value as modals, answers and responses show it: issued secrets read as their digits in test mode, proofs as they are, all others are `••••••`. */
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
  return (leaf.kind === "entered" ? null : readSecret(leaf)) ?? secretMask;
}

/** Replaces the leaves (and keys) of a value; objects without a change are returned as they are. */
export function mapLeaves(
  value: ModelValue,
  replace: (leaf: Leaf) => JsonValue,
  budget?: ModelBudget,
  replaceKey?: (key: string) => string,
): JsonValue {
  if (budget) spend(budget, typeof value === "string" ? 16 + value.length : 16);
  if (value === null) return null;
  if (typeof value !== "object" || value instanceof Secret) return replace(value);
  return Array.isArray(value)
    ? mapEntries(value, replace, budget, replaceKey)
    : mapProperties(value as Model, replace, budget, replaceKey);
}

function mapEntries(
  entries: readonly ModelValue[],
  replace: (leaf: Leaf) => JsonValue,
  budget: ModelBudget | undefined,
  replaceKey: ((key: string) => string) | undefined,
): readonly JsonValue[] {
  let copy: JsonValue[] | undefined;
  for (let index = 0; index < entries.length; index += 1) {
    const entry = entries[index] ?? null;
    const mapped = mapLeaves(entry, replace, budget, replaceKey);
    if (mapped !== entry) copy ??= [...entries] as JsonValue[];
    if (copy) copy[index] = mapped;
  }
  return copy ?? (entries as readonly JsonValue[]);
}

function mapProperties(
  object: Model,
  replace: (leaf: Leaf) => JsonValue,
  budget: ModelBudget | undefined,
  replaceKey: ((key: string) => string) | undefined,
): JsonObject {
  let copy: Record<string, JsonValue> | undefined;
  for (const key in object) {
    const entry = object[key] as ModelValue;
    const mapped = mapLeaves(entry, replace, budget, replaceKey);
    const name = replaceKey ? replaceKey(key) : key;
    if (mapped === entry && name === key) continue;
    copy ??= { ...object } as Record<string, JsonValue>;
    if (name !== key) delete copy[key];
    copy[name] = mapped;
  }
  return copy ?? (object as JsonObject);
}
