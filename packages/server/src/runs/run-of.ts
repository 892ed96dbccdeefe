import type { RunView } from "@onceflow/step-runtime";
import { errorOf } from "./execution-of.ts";
import type { Execution, Run } from "./run-schema.ts";

/** A run's standing with its redacted steps; the caller stays inside. */
export function runOf({ componentId, dataflowId, state }: RunView, standing: Execution): Run {
  return {
    ...standing,
    componentId,
    dataflowId,
    startedAt: state.startedAt,
    endedAt: state.endedAt,
    steps: state.steps.map((step) => ({
      ...step,
      output: step.output === null ? null : { ...step.output },
      console: [...step.console],
      error: step.error === null ? null : errorOf(step.error),
    })),
  };
}
