import type * as z from "zod";
import { printPointer } from "../json-pointer.ts";
import { settingField } from "../setting-field.ts";
import { literalSetting, settingExpressions } from "../setting-expression.ts";
import { templateVariables } from "../template-variables.ts";
import type { DataflowScope, StepPlace } from "./dataflow-scope.ts";
import { didYouMean } from "./did-you-mean.ts";
import { explainSetting } from "./explain-setting.ts";

/** Settings that are missing, wrong, unknown, or not allowed to be read from the model. */
export function checkSettings(scope: DataflowScope): void {
  for (const place of scope.places) {
    if (!place.type) continue;
    const { shape } = place.type.settings;
    let isSound = true;
    for (const [key, schema] of Object.entries(shape)) {
      if (!checkSetting(scope, place, key, schema as z.ZodType)) isSound = false;
    }
    for (const key of Object.keys(place.settings)) {
      if (Object.hasOwn(shape, key)) continue;
      const { hint, fixes } = didYouMean(scope.suggest, key, Object.keys(shape));
      const message = `Step "${place.step.id}" has the setting "${key}", which "${place.type.type}" does not know; it has no effect.${hint || " Remove it."}`;
      scope.report(
        { severity: "warning", code: "unknown-setting", message, at: ["settings", key], ...(fixes ? { fixes } : {}) },
        place,
      );
    }
    runOwnCheck(scope, place, isSound);
  }
}

/** Whether the setting is sound. */
function checkSetting({ report }: DataflowScope, place: StepPlace, key: string, schema: z.ZodType): boolean {
  const { step, settings } = place;
  const isSet = Object.hasOwn(settings, key);
  const raw = isSet ? settings[key] : undefined;
  const field = settingField(key, schema);
  const expressions = settingExpressions(raw);
  if (field.literal && expressions.length > 0) {
    const message = `Setting "${key}" of step "${step.id}" must be a fixed value, not one read from the model. Write the value itself.`;
    report({ code: "setting-must-be-literal", message, at: ["settings", key] }, place);
    return false;
  }
  let isSound = true;
  for (const expression of expressions) {
    const problem = expressionProblem(expression);
    if (!problem) continue;
    const message = `Setting "${key}" of step "${step.id}" ${problem.text}`;
    report({ code: problem.code, message, at: ["settings", key, ...expression.keys] }, place);
    isSound = false;
  }
  // Nobody knows yet what a path or template will give: the run checks it.
  if (expressions.length > 0) return isSound;

  const value = literalSetting(raw);
  const result = schema.safeParse(value);
  const seen = new Set<string>();
  for (const issue of result.success ? [] : result.error.issues) {
    // One complaint for one value: an empty text need not be called malformed as well.
    const inside = printPointer(issue.path);
    if (seen.has(inside)) continue;
    seen.add(inside);
    const { code, message, fixes } = explainSetting(issue, value, { key, field, stepId: step.id });
    const at = isSet ? ["settings", key, ...issue.path] : ["settings"];
    report({ code, message, at, ...(fixes ? { fixes } : {}) }, place);
  }
  return result.success;
}

function expressionProblem(
  expression: ReturnType<typeof settingExpressions>[number],
): { readonly code: string; readonly text: string } | null {
  if (expression.kind === "malformed") return { code: expression.code, text: expression.problem };
  if (expression.kind === "path") return null;
  const read = templateVariables(expression.template);
  return read.ok
    ? null
    : { code: "invalid-template", text: `has a template that cannot be read: ${read.problem}. Correct it.` };
}

function runOwnCheck({ component, report }: DataflowScope, place: StepPlace, isSound: boolean): void {
  const { step, type, settings } = place;
  try {
    for (const { setting, severity, code, message, fixes } of type?.check?.(settings, component) ?? []) {
      const at = Object.hasOwn(settings, setting) ? ["settings", setting] : ["settings"];
      report({ severity, code, message: `Step "${step.id}" ${message}`, at, ...(fixes ? { fixes } : {}) }, place);
    }
  } catch (error) {
    // With broken settings a check may stumble over what is reported already.
    if (!isSound) return;
    const reason = error instanceof Error ? error.message : String(error);
    report(
      {
        code: "check-failed",
        message: `Step "${step.id}" could not be checked: ${reason}. Correct the step type "${step.type}".`,
      },
      place,
    );
  }
}
