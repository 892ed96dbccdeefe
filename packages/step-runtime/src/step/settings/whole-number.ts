import * as z from "zod";
import { type SettingField, withSettingField } from "../../component/setting-field.ts";

/** A whole number in [min, max] that may be left out. */
export function optionalWholeNumber(
  field: Omit<SettingField, "control"> & { readonly min: number; readonly max: number },
): z.ZodOptional<z.ZodNumber> {
  return withSettingField(z.number().int().min(field.min).max(field.max).optional(), { ...field, control: "number" });
}

/** A whole number in [min, max] with a default. */
export function wholeNumber(
  field: Omit<SettingField, "control"> & { readonly min: number; readonly max: number; readonly default: number },
): z.ZodDefault<z.ZodNumber> {
  const { default: initial, ...rest } = field;
  return withSettingField(z.number().int().min(field.min).max(field.max).default(initial), {
    ...rest,
    control: "number",
  });
}
