import type { RunView } from "@onceflow/step-runtime";
import type { Principal } from "../auth/principal.ts";
import { errorOf } from "./execution-of.ts";
import type { Execution, Run } from "./run-schema.ts";
import { seesOutputs } from "./sees-outputs.ts";

/** A run's standing with its redacted steps, as whoever asks may see them; the caller stays inside. */
export function runOf(
  { componentId, dataflowId, state }: RunView,
  { standing, principal }: { standing: Execution; principal: Principal },
): Run {
  const outputs = seesOutputs(principal);
  return {
    ...standing,
    componentId,
    dataflowId,
    startedAt: state.startedAt,
    endedAt: state.endedAt,
    steps: state.steps.map((step) => ({
      ...step,
      output: step.output === null || !outputs ? null : { ...step.output },
      console: outputs ? [...step.console] : [],
      error: step.error === null ? null : errorOf(step.error),
    })),
  };
}
