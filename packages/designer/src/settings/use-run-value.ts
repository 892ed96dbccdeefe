import { type JsonObject, parsePath } from "@onceflow/step-runtime";
import { useCallback, useMemo } from "react";
import { ownSteps } from "../run/own-steps.ts";
import { useActiveDataflow, useView } from "../store/designer-context.tsx";

/** Reads paths of the model that a step saw in the last run, as short texts; secrets are masked in it. Null: not run, or nothing there. */
export function useRunValue(stepKey: string): (path: string) => string | null {
  const dataflow = useActiveDataflow();
  const dataflowId = dataflow?.meta.id;
  const stepId = dataflow?.steps[stepKey]?.id;
  const run = useView((view) => (view.run?.dataflowId === dataflowId ? view.run : null));
  const model = useMemo(() => {
    if (!run) return null;
    let before: JsonObject = { data: run.input };
    for (const step of ownSteps(run.state)) {
      if (step.stepId === stepId) break;
      const data = step.output?.["data"];
      before = {
        ...before,
        ...step.output,
        data: { ...(before["data"] as JsonObject), ...(data as JsonObject | undefined) },
      };
    }
    return before;
  }, [run, stepId]);
  return useCallback(
    (path) => {
      const keys = parsePath(path);
      if (!model || !keys) return null;
      let value: unknown = model;
      for (const key of keys) {
        if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return null;
        value = (value as Readonly<Record<string, unknown>>)[key];
      }
      if (value === null || typeof value === "object") return null;
      const text = typeof value === "string" ? value : JSON.stringify(value);
      return text.length > 40 ? `${text.slice(0, 39)}…` : text;
    },
    [model],
  );
}
