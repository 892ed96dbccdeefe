import * as z from "zod";
import { type SettingField, withSettingField } from "../../component/setting-field.ts";

type TextField = Omit<SettingField, "control">;

/** A text; from a path or template it may also be null. */
export function text(field: TextField): z.ZodOptional<z.ZodNullable<z.ZodString>> {
  return withSettingField(z.string().max(10_000).nullable().optional(), { ...field, control: "text" });
}

/** A text that must be set; from a path or template it may also be null. */
export function requiredText(field: TextField): z.ZodNullable<z.ZodString> {
  return withSettingField(z.string().min(1).max(10_000).nullable(), { ...field, control: "text" });
}
