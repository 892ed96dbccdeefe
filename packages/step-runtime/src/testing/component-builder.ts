import type { Component, Dataflow, Step } from "../component/component-schema.ts";

/** A step as a test writes it: its name is its id, and it follows the step before it unless it says otherwise. */
export type StepSketch = Pick<Step, "id" | "type"> & Partial<Step>;

/** A valid component: one dataflow that answers at once, or whatever the parts say. */
export function buildComponent(parts: Partial<Component> = {}): Component {
  return {
    format: "onceflow/component",
    formatVersion: 1,
    id: "built",
    name: "Built",
    definitions: [],
    page: { controls: [] },
    modals: [],
    templates: [],
    dataflows: [buildDataflow(buildChain(2))],
    ...parts,
  };
}

/** A dataflow of one stage; each step follows the one before it unless it has `sources`. */
export function buildDataflow(
  steps: readonly StepSketch[],
  { id = "main", name = "Main" }: Partial<Pick<Dataflow, "id" | "name">> = {},
): Dataflow {
  const complete = steps.map((step, index): Step => {
    const before = steps[index - 1];
    return { name: step.id, ...(before ? { sources: [before.id] } : {}), ...step };
  });
  return { id, name, stages: [{ id: "all", name: "All", steps: complete }] };
}

/** A valid chain of built-in steps, at least two: from the action model to the response. */
export function buildChain(length: number): readonly StepSketch[] {
  const between = Array.from({ length: length - 2 }, (_, index): StepSketch => ({
    id: `step-${index + 1}`,
    type: "set-definitions",
    settings: { values: {} },
  }));
  return [{ id: "model", type: "get-action-model" }, ...between, { id: "reply", type: "write-response" }];
}
