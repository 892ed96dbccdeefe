import * as z from "zod";
import { type SettingField, withSettingField } from "../../component/setting-field.ts";

/** Yes or no. Always literal. */
export function flag(initial: boolean, field: Omit<SettingField, "control" | "literal">): z.ZodDefault<z.ZodBoolean> {
  return withSettingField(z.boolean().default(initial), { ...field, control: "flag", literal: true });
}
