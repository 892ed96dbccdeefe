import type { Step } from "./component-schema.ts";
import type { StepType } from "./step-type.ts";

/** The outcomes by which a step can be left with the settings it has, main outcome first. */
export function stepOutcomes(step: Step, type: StepType): readonly string[] {
  return type.possibleOutcomes?.(step.settings ?? {}) ?? Object.keys(type.outcomes);
}
