import * as z from "zod";
import { type SettingField, withSettingField } from "../../component/setting-field.ts";

/** The text of a script, at most 256 KB. Always literal. */
export function script(field: Omit<SettingField, "control" | "literal">): z.ZodString {
  return withSettingField(z.string().max(262_144), { ...field, control: "script", literal: true });
}
