import type { RunView } from "@onceflow/step-runtime";
import { errorOf, executionOf } from "./execution-of.ts";
import type { Run } from "./run-schema.ts";

/** A run for whom it belongs to: how it stands and the redacted steps; the caller stays inside. */
export function runOf(view: RunView): Run {
  const { componentId, dataflowId, state } = view;
  return {
    ...executionOf(view),
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
