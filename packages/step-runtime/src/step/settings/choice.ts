import * as z from "zod";
import type { LocalizedText } from "../../component/localized-text.ts";
import { type SettingField, withSettingField } from "../../component/setting-field.ts";

/** One of a few values; the first is the default. Always literal. */
export function choice<const Values extends Readonly<Record<string, LocalizedText>>>(
  values: Values,
  field: Omit<SettingField, "control" | "options" | "literal">,
): z.ZodDefault<z.ZodType<keyof Values & string, keyof Values & string>> {
  const names = Object.keys(values) as [keyof Values & string, ...(keyof Values & string)[]];
  const schema: z.ZodType<keyof Values & string, keyof Values & string> = z.enum(names);
  return withSettingField(schema.default(names[0]), {
    ...field,
    control: "choice",
    literal: true,
    options: Object.entries(values).map(([value, title]) => ({ value, title })),
  });
}
