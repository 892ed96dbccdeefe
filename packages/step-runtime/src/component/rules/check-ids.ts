import type { DataflowScope } from "./dataflow-scope.ts";

/** Ids of steps and stages that are taken. */
export function checkIds({ dataflow, places, report }: DataflowScope): void {
  const stages = new Set<string>();
  for (const [index, { id }] of dataflow.stages.entries()) {
    if (stages.has(id)) {
      const message = `Dataflow "${dataflow.id}" has two stages with the id "${id}". Rename one of them.`;
      report({ code: "duplicate-stage-id", message, at: ["stages", index, "id"] });
    }
    stages.add(id);
  }
  const steps = new Set<string>();
  for (const place of places) {
    const { id } = place.step;
    if (steps.has(id)) {
      const message = `Dataflow "${dataflow.id}" has two steps with the id "${id}". Rename one of them, also where it is a source.`;
      report({ code: "duplicate-step-id", message, at: ["id"] }, place);
    }
    steps.add(id);
  }
}
