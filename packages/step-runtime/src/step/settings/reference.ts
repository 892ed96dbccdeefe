import * as z from "zod";
import { type SettingField, withSettingField } from "../../component/setting-field.ts";

/** The id of a modal, template or dataflow of the same component. Always literal. */
export function reference(
  references: "modal" | "template" | "dataflow",
  field: Omit<SettingField, "control" | "literal" | "references">,
): z.ZodString {
  return withSettingField(z.string().min(1), { ...field, control: "reference", literal: true, references });
}
