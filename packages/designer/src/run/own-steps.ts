import type { RunState, StepRun } from "@onceflow/step-runtime";

const ownOf = new WeakMap<RunState, readonly StepRun[]>();

/** The steps of the run's own dataflow; those of dataflows that it calls may have the same ids. */
export function ownSteps(state: RunState): readonly StepRun[] {
  let own = ownOf.get(state);
  if (!own) {
    own = state.steps.filter(({ callPath }) => callPath === "");
    ownOf.set(state, own);
  }
  return own;
}
