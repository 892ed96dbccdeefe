import { StepFailure } from "./step-failure.ts";

/**
 * How much a run may still put into its model, in units of about one byte. A few steps that each double a value would
 * otherwise fill any memory: values share their parts until somebody walks them.
 */
export interface ModelBudget {
  left: number;
}

/** What the outputs of all steps of one run may come to. */
export const runBudget = 32_000_000;

/** A budget that nothing was taken from. */
export function createModelBudget(units: number = runBudget): ModelBudget {
  return { left: units };
}

/**
 * Takes units from a budget.
 *
 * @throws StepFailure `model-too-large` when there are not enough.
 */
export function spend(budget: ModelBudget, units: number): void {
  budget.left -= units;
  if (budget.left < 0) {
    throw new StepFailure(
      "model-too-large",
      "The model grew too large. Look for a step that copies a large value again and again, and drop what is not needed.",
    );
  }
}
