import * as z from "zod";
import { type SettingField, withSettingField } from "../../component/setting-field.ts";

/** The id of a registered client; may be left out. */
export function clientReference(
  field: Omit<SettingField, "control" | "references">,
): z.ZodOptional<z.ZodNullable<z.ZodString>> {
  return withSettingField(z.string().min(1).nullable().optional(), {
    ...field,
    control: "reference",
    references: "client",
  });
}
