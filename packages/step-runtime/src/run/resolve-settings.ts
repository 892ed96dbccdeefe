import * as z from "zod";
import { parsePath } from "../component/path.ts";
import { settingField } from "../component/setting-field.ts";
import type { Model, ModelValue } from "../step/model.ts";
import { readPath } from "../step/read-path.ts";
import { StepFailure } from "../step/step-failure.ts";
import { compileTemplate } from "./template-engine.ts";

/** Turns a model into a step's settings. */
export type ResolveSettings = (model: Model) => Readonly<Record<string, unknown>>;

type Resolve = (model: Model) => ModelValue;

/**
 * Compiles a step's settings: literals are checked once, paths and templates become closures that are checked when they run.
 *
 * @throws Error when a literal, path or template is malformed.
 */
export function compileSettings(
  raw: Readonly<Record<string, unknown>>,
  schema: z.ZodObject,
  stepId: string,
): ResolveSettings {
  const fixed: Record<string, unknown> = {};
  const dynamic: { readonly key: string; readonly field: z.ZodType | null; readonly resolve: Resolve }[] = [];
  for (const key of Object.keys(schema.shape)) {
    const field = schema.shape[key] as z.ZodType;
    const compiled = Object.hasOwn(raw, key) ? compileValue(raw[key]) : undefined;
    if (compiled?.resolve)
      dynamic.push({ key, field: takesAnything(key, field, raw[key]) ? null : field, resolve: compiled.resolve });
    else fixed[key] = field.parse(compiled?.value);
  }
  if (dynamic.length === 0) {
    Object.freeze(fixed);
    return () => fixed;
  }
  return (model) => {
    const settings = { ...fixed };
    for (const { key, field, resolve } of dynamic) {
      const value = resolve(model);
      if (field === null) {
        settings[key] = value;
        continue;
      }
      const checked = field.safeParse(value);
      if (!checked.success) throw invalidSetting(stepId, key, field, checked.error);
      settings[key] = checked.data;
    }
    return settings;
  };
}

/** Whether every value that can come of a setting is allowed, so that checking it in each run would only cost time. */
function takesAnything(key: string, schema: z.ZodType, raw: unknown): boolean {
  const { control } = settingField(key, schema);
  const isExpression = typeof raw === "object" && raw !== null && ("$path" in raw || "$template" in raw);
  return control === "value" || ((control === "definition-values" || control === "mapping") && !isExpression);
}

/** A value of a setting: fixed, or read from the model. */
function compileValue(
  raw: unknown,
): { readonly value: ModelValue; readonly resolve?: undefined } | { readonly resolve: Resolve } {
  if (raw === null || typeof raw !== "object") return { value: raw as ModelValue };
  if (Array.isArray(raw)) {
    const parts = raw.map(compileValue);
    if (parts.every((part) => !part.resolve)) return { value: raw as ModelValue };
    const resolvers = parts.map(toResolve);
    return { resolve: (model) => resolvers.map((resolve) => resolve(model)) };
  }
  const object = raw as Readonly<Record<string, unknown>>;
  const [key, ...others] = Object.keys(object);
  if (others.length === 0 && key !== undefined) {
    const inner = object[key];
    if (key === "$value") return { value: inner as ModelValue };
    if (key === "$path" && typeof inner === "string") {
      const keys = parsePath(inner);
      if (!keys) throw new Error(`"${inner}" is not a path. Write one such as "data.userName".`);
      return { resolve: (model) => readPath(model, keys) };
    }
    if (key === "$template" && typeof inner === "string") return { resolve: compileTemplate(inner) };
  }
  const entries = Object.entries(object).map(([name, entry]) => [name, compileValue(entry)] as const);
  if (entries.every(([, part]) => !part.resolve)) {
    return { value: Object.fromEntries(entries.map(([name, part]) => [name, part.resolve ? null : part.value])) };
  }
  const resolvers = entries.map(([name, part]) => [name, toResolve(part)] as const);
  return { resolve: (model) => Object.fromEntries(resolvers.map(([name, resolve]) => [name, resolve(model)])) };
}

function toResolve(part: ReturnType<typeof compileValue>): Resolve {
  if (part.resolve) return part.resolve;
  const { value } = part;
  return () => value;
}

function invalidSetting(stepId: string, key: string, schema: z.ZodType, error: z.ZodError): StepFailure {
  const field = settingField(key, schema);
  const range =
    field.min === undefined
      ? ""
      : ` Allowed: ${field.min} to ${field.max ?? "any"}${field.unit ? ` ${field.unit}` : ""}.`;
  // zod's own message names types and bounds, never the value.
  return new StepFailure(
    "invalid-setting",
    `Step "${stepId}" got an unusable value for "${key}": ${error.issues[0]?.message ?? "wrong type"}.${range}`,
  );
}
