import type { Model, ModelValue } from "../step/model.ts";
import { mergeModel } from "./merge-model.ts";

/**
 * One model of several, later ones over earlier ones: shallowly, `data` per definition. A definition that is unset (null)
 * in a later one stays as an earlier one has it: every path carries all definitions, set or not.
 */
export function mergeModels([first = {}, ...others]: readonly Model[]): Model {
  return others.reduce((merged, model) => {
    const definitions = model["data"];
    const data =
      merged["data"] !== undefined && isModel(definitions) ? { ...model, data: setOnly(definitions) } : model;
    return mergeModel(merged, { data });
  }, first);
}

function setOnly(definitions: Model): Model {
  return Object.fromEntries(Object.entries(definitions).filter(([, value]) => value !== null));
}

function isModel(value: ModelValue | undefined): value is Model {
  return typeof value === "object" && value !== null;
}
