import type { StepResult } from "../step/define-step.ts";
import type { Model, ModelValue } from "../step/model.ts";

/** The model after a step: its data merged shallowly (`data` per definition), dropped keys gone, or `data` only. Never mutates. */
export function mergeModel(
  model: Model,
  { data, drop, replace }: Pick<StepResult, "data" | "drop" | "replace">,
): Model {
  const before = model["data"];
  const merged: Record<string, ModelValue> = replace ? (before === undefined ? {} : { data: before }) : { ...model };
  for (const key in data) merged[key] = data[key] as ModelValue;
  const definitions = data["data"];
  if (definitions !== undefined && before !== undefined) {
    merged["data"] = { ...(before as Model), ...(definitions as Model) };
  }
  if (drop) for (const key of drop) if (key in merged) delete merged[key];
  return merged;
}
