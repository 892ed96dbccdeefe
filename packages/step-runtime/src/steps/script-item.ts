import type { JsonObject, JsonValue } from "../component/json.ts";
import type { Model, ModelValue } from "../step/model.ts";
import { createModelBudget } from "../step/model-budget.ts";
import { mapLeaves } from "../step/redact.ts";
import { readInStep, Secret, secretMask, type SecretKind } from "../step/secret.ts";
import { StepFailure } from "../step/step-failure.ts";
import { typedVariable } from "./typed-variable.ts";

/**
 * The model as a script may read it: readable secrets as their text, all others as `••••••`.
 *
 * @throws StepFailure `model-too-large`.
 */
export function toScriptItem(model: Model): JsonObject {
  const open = (leaf: boolean | number | string | Secret) =>
    leaf instanceof Secret ? (readInStep(leaf) ?? secretMask) : leaf;
  return mapLeaves(model, open, createModelBudget()) as JsonObject;
}

/** What a script did with its item. */
export interface ScriptRun {
  readonly before: JsonObject;
  readonly after: JsonObject;
  /** The kind of the readable secrets in the item, see `readableSecretKind`. */
  readonly kind: SecretKind | null;
  /** The script's text. */
  readonly code: string;
  /** The component's definitions. */
  readonly definitions: readonly string[];
}

/**
 * What a script added to or changed in its item, and the keys that it removed. When its input held readable secrets,
 * every such variable is a secret as a whole (nobody searches for digits), and a new name must stand in the script's
 * own text, so that no secret becomes a name.
 *
 * @throws StepFailure for a typed variable with a wrong value, a definition that is not declared, or a name made from a secret.
 */
export function scriptChanges(run: ScriptRun): { readonly data: Model; readonly drop: readonly string[] } {
  const { before, after } = run;
  const changes: Record<string, ModelValue> = {};
  for (const name of changedKeys(before, after)) {
    const value = after[name] ?? null;
    if (name !== "data") changes[checkedName(name, value, run)] = wrap(value, run.kind);
    else changes["data"] = changedDefinitions(before["data"], value, run);
  }
  return { data: changes, drop: Object.keys(before).filter((name) => name !== "data" && !Object.hasOwn(after, name)) };
}

function changedDefinitions(before: JsonValue | undefined, after: JsonValue, run: ScriptRun): Model {
  if (!isObject(after)) {
    throw new StepFailure(
      "wrong-type",
      "The script replaced item['data'] by something that is not an object. Set single definitions, such as item['data']['Name'].",
    );
  }
  const known = isObject(before) ? before : {};
  const changed: Record<string, ModelValue> = {};
  for (const name of changedKeys(known, after)) {
    const value = after[name] ?? null;
    const definition = checkedName(name, value, run);
    if (!run.definitions.includes(definition)) {
      throw new StepFailure(
        "unknown-definition",
        `The script sets ${quote(definition, run.kind)} under item['data'], which is no definition of the component. Declare it, or use a variable outside "data".`,
      );
    }
    changed[definition] = wrap(value, run.kind);
  }
  return changed;
}

function changedKeys(before: JsonObject, after: JsonObject): readonly string[] {
  return Object.keys(after).filter(
    (name) => !Object.hasOwn(before, name) || !isSame(before[name] ?? null, after[name] ?? null),
  );
}

function checkedName(name: string, value: JsonValue, { before, kind, code }: ScriptRun): string {
  if (kind !== null && !Object.hasOwn(before, name) && name !== "data" && !code.includes(name)) {
    throw new StepFailure(
      "secret-name",
      "The script made the name of a variable while it could read a secret. Write names as fixed texts.",
    );
  }
  return typedVariable(name, value, quote(name, kind));
}

function quote(name: string, kind: SecretKind | null): string {
  return kind === null ? `variable "${name}"` : "a variable";
}

function wrap(value: JsonValue, kind: SecretKind | null): ModelValue {
  return kind === null || value === null ? value : new Secret(kind, value);
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isSame(a: JsonValue, b: JsonValue): boolean {
  if (a === b) return true;
  if (
    a === null ||
    b === null ||
    typeof a !== "object" ||
    typeof b !== "object" ||
    Array.isArray(a) !== Array.isArray(b)
  )
    return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every(
    (key) => Object.hasOwn(b, key) && isSame((a as JsonObject)[key] as JsonValue, (b as JsonObject)[key] as JsonValue),
  );
}
