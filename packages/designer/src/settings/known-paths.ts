import { type AddedPath, type Component, printPath, parsePath, type StepTypes } from "@onceflow/step-runtime";
import { dataflowLinks } from "../store/dataflow-links.ts";
import type { DataflowEntity } from "../store/flow-document.ts";

/** What one earlier step adds to the model. */
export interface KnownPaths {
  readonly stepKey: string;
  readonly paths: readonly AddedPath[];
  /** It may add more than is listed. */
  readonly open: boolean;
}

/** What the steps before a step add to the model it reads, nearest first. */
export function knownPaths(
  dataflow: DataflowEntity,
  steps: StepTypes,
  component: Component,
  stepKey: string,
): readonly KnownPaths[] {
  const before = new Map<string, string[]>();
  for (const { source, targetKey } of dataflowLinks(dataflow, steps)) {
    before.set(targetKey, [...(before.get(targetKey) ?? []), source.stepId]);
  }
  const found: KnownPaths[] = [];
  const seen = new Set([stepKey]);
  let ring = before.get(stepKey) ?? [];
  while (ring.length > 0) {
    const next: string[] = [];
    for (const key of ring) {
      if (seen.has(key)) continue;
      seen.add(key);
      const step = dataflow.steps[key];
      const change = step && steps.get(step.type)?.changes?.(step.settings ?? {}, component);
      if (change)
        found.push({ stepKey: key, paths: withDefinitions(change.adds, component), open: change.open === true });
      // Nothing from before such a step reaches here, but `data`.
      if (!change?.replaces) next.push(...(before.get(key) ?? []));
    }
    ring = next;
  }
  return found;
}

/** `data` holds every declared definition, said or not. */
function withDefinitions(paths: readonly AddedPath[], component: Component): readonly AddedPath[] {
  if (!paths.some(({ path }) => path === "data")) return paths;
  const known = new Set(paths.map(({ path }) => path));
  const fields = component.definitions.flatMap(({ name, secret }): readonly AddedPath[] => {
    const path = printPath([...(parsePath("data") ?? []), name]);
    return known.has(path) ? [] : [{ path, type: secret ? "secret" : "any" }];
  });
  return [...paths, ...fields];
}
