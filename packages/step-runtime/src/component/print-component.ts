import { type Component, componentSchema } from "./component-schema.ts";
import { numberTextsOf } from "./number-texts.ts";
import { printJson } from "./print-json.ts";

/**
 * Writes a component as canonical JSON: known keys in the order of the format, unknown ones after them as they came,
 * two spaces, a final newline. Numbers that nobody changed keep the text they were read with.
 */
export function printComponent(component: Component): string {
  return printJson(component, { schema: componentSchema, numberTexts: numberTextsOf(component) });
}
