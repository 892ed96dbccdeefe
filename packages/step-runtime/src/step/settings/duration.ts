import * as z from "zod";
import { type SettingField, withSettingField } from "../../component/setting-field.ts";

/** Whole seconds in [min, max]; the panel also accepts `5m` and `PT5M`. */
export function duration(
  field: Omit<SettingField, "control" | "unit"> & {
    readonly min: number;
    readonly max: number;
    readonly default: number;
  },
): z.ZodDefault<z.ZodNumber> {
  const { default: initial, ...rest } = field;
  return withSettingField(z.number().int().min(field.min).max(field.max).default(initial), {
    ...rest,
    control: "duration",
    unit: "seconds",
  });
}
