import * as z from "zod";
import { type SettingField, withSettingField } from "../../component/setting-field.ts";

/** A whole number in [min, max]. */
export function wholeNumber(
  field: Omit<SettingField, "control"> & { readonly min: number; readonly max: number; readonly default: number },
): z.ZodDefault<z.ZodNumber> {
  const { default: initial, ...rest } = field;
  return withSettingField(z.number().int().min(field.min).max(field.max).default(initial), { ...rest, control: "number" });
}
