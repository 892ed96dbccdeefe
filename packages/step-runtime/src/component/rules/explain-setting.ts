import type * as z from "zod";
import { kindOf } from "../kind-of.ts";
import { schemaExpectation } from "../schema-expectation.ts";
import type { SettingField } from "../setting-field.ts";

/** Says what is wrong with a literal setting and what is allowed. */
export function explainSetting(
  issue: z.core.$ZodIssue,
  value: unknown,
  { key, field, stepId }: { readonly key: string; readonly field: SettingField; readonly stepId: string },
): { readonly code: string; readonly message: string; readonly fixes?: readonly string[] } {
  const name = `Setting "${key}" of step "${stepId}"`;
  const allowed = allowedValues(field) ?? schemaExpectation(issue);
  if (value === undefined)
    return { code: "missing-setting", message: `${name} is missing, expected ${allowed}. Add it.` };
  if (value === "") return { code: "missing-setting", message: `${name} is empty, expected ${allowed}. Fill it in.` };
  if (issue.code === "custom") return { code: "invalid-setting", message: `${name} is not allowed. ${issue.message}` };
  if (typeof value === "number" && (issue.code === "too_small" || issue.code === "too_big")) {
    const nearest = issue.code === "too_small" ? issue.minimum : issue.maximum;
    const message = `${name} is ${value}, expected ${allowed}. Set it to a value in that range.`;
    return { code: "setting-out-of-range", message, fixes: [`Set "${key}" to ${nearest}.`] };
  }
  return { code: "invalid-setting", message: `${name} is ${found(value, field)}, expected ${allowed}.` };
}

function allowedValues({ options, min, max, unit }: SettingField): string | null {
  if (options) return options.map(({ value }) => `"${value}"`).join(" or ");
  if (min === undefined || max === undefined) return null;
  return `a whole number from ${min} to ${max}${unit ? ` ${unit}` : ""}`;
}

/** The value itself only where it can be no secret. */
function found(value: unknown, { options }: SettingField): string {
  if (typeof value === "number" || typeof value === "boolean" || (options && typeof value === "string"))
    return JSON.stringify(value);
  return kindOf(value);
}
