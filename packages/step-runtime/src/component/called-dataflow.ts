import type { Component, Dataflow } from "./component-schema.ts";
import { calledBy } from "./called-by.ts";
import type { StepTypes } from "./step-type.ts";

/**
 * The dataflow that a step of a run belongs to: the run's own, or the one that the last call of its path runs. Undefined
 * when the component has no such call.
 */
export function calledDataflow(
  component: Component,
  stepTypes: StepTypes,
  { dataflowId, callPath = "" }: { readonly dataflowId: string; readonly callPath?: string | undefined },
): Dataflow | undefined {
  const find = (wanted: string | null) => component.dataflows.find(({ id }) => id === wanted);
  // Every other part is an activation.
  const callers = callPath.split("/").filter((part, index) => index % 2 === 0 && part !== "");
  return callers.reduce((dataflow, caller) => {
    const step = dataflow?.stages.flatMap(({ steps }) => steps).find(({ id }) => id === caller);
    return step && find(calledBy(stepTypes.get(step.type), step.settings ?? {}));
  }, find(dataflowId));
}
