import type { Checkpoint, ModelBudget } from "@onceflow/step-runtime";

/** A checkpoint as it is sealed, with what the run may still put into its model. */
export interface CheckpointState extends Omit<Checkpoint, "activations"> {
  readonly activations: readonly (readonly [string, number])[];
  readonly budget: ModelBudget;
}

export function toState(checkpoint: Checkpoint, budget: ModelBudget): CheckpointState {
  return { ...checkpoint, activations: [...checkpoint.activations], budget };
}

export function toCheckpoint(state: CheckpointState): Checkpoint {
  return { ...state, activations: new Map(state.activations) };
}
