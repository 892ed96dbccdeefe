import { parsePath } from "@onceflow/step-runtime";
import { useMemo } from "react";
import { useActiveDataflow, useDesigner } from "../store/designer-context.tsx";
import { knownPaths } from "./known-paths.ts";

/** What a script may read of the model, as it says it: `item['oneTimeCode']['code']`. */
export function useScriptPaths(stepKey: string): readonly string[] {
  const { steps, document } = useDesigner();
  const dataflow = useActiveDataflow();
  return useMemo(() => {
    if (!dataflow) return [];
    const paths = knownPaths(dataflow, steps, document.toComponent(), stepKey).flatMap((group) =>
      group.paths.map(({ path }) => path),
    );
    return [...new Set(paths)].map((path) => `item${(parsePath(path) ?? []).map((key) => `['${key}']`).join("")}`);
  }, [dataflow, steps, document, stepKey]);
}
