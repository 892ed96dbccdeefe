import * as z from "zod";
import { type SettingField, withSettingField } from "../../component/setting-field.ts";
import type { ModelValue } from "../model.ts";

const anyValue = z.custom<ModelValue>((value) => value !== undefined);

/** Any JSON value, with paths and templates at any depth. */
export function value(field: Omit<SettingField, "control">): z.ZodOptional<z.ZodType<ModelValue, ModelValue>> {
  return withSettingField(anyValue.optional(), { ...field, control: "value" });
}

/** Values for definitions: `{ definition: value }`. */
export function definitionValues(
  field: Omit<SettingField, "control">,
): z.ZodRecord<z.ZodString, z.ZodType<ModelValue, ModelValue>> {
  return withSettingField(z.record(z.string(), anyValue), { ...field, control: "definition-values" });
}

/** Values for definitions, none by default. */
export function optionalDefinitionValues(
  field: Omit<SettingField, "control">,
): z.ZodDefault<z.ZodRecord<z.ZodString, z.ZodType<ModelValue, ModelValue>>> {
  return withSettingField(definitionValues(field).default({}), { ...field, control: "definition-values" });
}

/** Values for paths of the model: `{ target: value }`. */
export function mapping(
  field: Omit<SettingField, "control">,
): z.ZodRecord<z.ZodString, z.ZodType<ModelValue, ModelValue>> {
  return withSettingField(z.record(z.string(), anyValue), { ...field, control: "mapping" });
}
