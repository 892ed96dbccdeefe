import type * as z from "zod";
import { parsePath } from "../path.ts";
import { settingExpressions } from "../setting-expression.ts";
import { type SettingField, settingField } from "../setting-field.ts";
import { templateVariables } from "../template-variables.ts";
import type { StepPlace } from "./dataflow-scope.ts";

/** A path of the model that a setting reads, and where it says so. */
interface ReadPath {
  readonly keys: readonly string[];
  readonly at: readonly string[];
  readonly setting: string;
  readonly field: SettingField;
}

/** The paths that a step reads from the model. */
export function readPaths({ type, settings }: StepPlace): readonly ReadPath[] {
  const paths: ReadPath[] = [];
  for (const [setting, schema] of Object.entries(type?.settings.shape ?? {})) {
    if (!Object.hasOwn(settings, setting)) continue;
    const value = settings[setting];
    const field = settingField(setting, schema as z.ZodType);
    if (field.control === "model-path") {
      const keys = typeof value === "string" ? parsePath(value) : null;
      if (keys) paths.push({ keys, at: ["settings", setting], setting, field });
      continue;
    }
    for (const expression of settingExpressions(value)) {
      const at = ["settings", setting, ...expression.keys];
      if (expression.kind === "path") {
        paths.push({ keys: parsePath(expression.path) ?? [], at: [...at, "$path"], setting, field });
      }
      if (expression.kind !== "template") continue;
      const read = templateVariables(expression.template);
      for (const keys of read.ok ? read.paths : []) paths.push({ keys, at: [...at, "$template"], setting, field });
    }
  }
  return paths;
}
