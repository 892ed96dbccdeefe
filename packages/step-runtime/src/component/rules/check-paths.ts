import type * as z from "zod";
import { parsePath, printPath } from "../path.ts";
import { settingExpressions } from "../setting-expression.ts";
import { settingField } from "../setting-field.ts";
import { templateVariables } from "../template-variables.ts";
import type { DataflowScope, StepPlace } from "./dataflow-scope.ts";
import { didYouMean } from "./did-you-mean.ts";
import { availablePaths } from "./available-paths.ts";

/** A path that a step reads, and where it says so. */
interface ReadPath {
  readonly keys: readonly string[];
  readonly at: readonly string[];
}

/** Paths that no earlier step adds to the model. */
export function checkPaths(scope: DataflowScope): void {
  const available = availablePaths(scope);
  for (const [vertex, place] of scope.vertices.entries()) {
    for (const { keys, at } of readPaths(place)) {
      if (available.has(vertex, keys)) continue;
      const own = scope.changesOf(place)?.adds.some(({ path }) => path === printPath(keys)) ?? true;
      // A field that the step itself fills, such as "resultStoreField", is not read.
      if (own) continue;
      const path = printPath(keys);
      const { hint, suggestion } = didYouMean(scope.suggest, path, available.list(vertex));
      const message = `Step "${place.step.id}" reads "${path}", which no earlier step provides.${hint || " Correct the path, or add a step that provides it."}`;
      const fixes = suggestion === null ? {} : { fixes: [`Replace "${path}" by "${suggestion}".`] };
      scope.report({ code: "unknown-path", message, at, ...fixes }, place);
    }
  }
}

function readPaths({ type, settings }: StepPlace): readonly ReadPath[] {
  const paths: ReadPath[] = [];
  for (const [key, schema] of Object.entries(type?.settings.shape ?? {})) {
    if (!Object.hasOwn(settings, key)) continue;
    const value = settings[key];
    if (settingField(key, schema as z.ZodType).control === "model-path") {
      const keys = typeof value === "string" ? parsePath(value) : null;
      if (keys) paths.push({ keys, at: ["settings", key] });
      continue;
    }
    for (const expression of settingExpressions(value)) {
      const at = ["settings", key, ...expression.keys];
      if (expression.kind === "path") paths.push({ keys: parsePath(expression.path) ?? [], at: [...at, "$path"] });
      if (expression.kind !== "template") continue;
      const read = templateVariables(expression.template);
      for (const keys of read.ok ? read.paths : []) paths.push({ keys, at: [...at, "$template"] });
    }
  }
  return paths;
}
