import { printPath } from "../path.ts";
import { availablePaths } from "./available-paths.ts";
import type { DataflowScope } from "./dataflow-scope.ts";
import { didYouMean } from "./did-you-mean.ts";
import { readPaths } from "./read-paths.ts";

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
