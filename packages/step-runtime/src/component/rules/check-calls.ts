import { calledBy } from "../called-by.ts";
import type { DataflowScope } from "./dataflow-scope.ts";

/** Calls of dataflows that would never end, or that would have to wait for a person. */
export function checkCalls({ dataflow, vertices, calls, report }: DataflowScope): void {
  for (const place of vertices) {
    const called = calledBy(place.type, place.settings);
    if (called === null || !calls.has(called)) continue;
    const { id } = place.step;
    const at = ["settings", "dataflow"];
    if (calls.isRecursive(dataflow.id, called)) {
      const round =
        called === dataflow.id
          ? "the dataflow that it belongs to"
          : `"${called}", which calls "${dataflow.id}" in turn`;
      const message = `Step "${id}" calls ${round}: the run would never end. Call another dataflow, or remove the step.`;
      report({ code: "recursive-dataflow", message, at }, place);
      continue;
    }
    const asking = calls.askingStep(called);
    if (!asking) continue;
    const message = `Step "${id}" calls the dataflow "${called}", whose step "${asking.id}" asks a person. A called dataflow may not wait: ask in "${dataflow.id}" itself, or let "${asking.id}" only display.`;
    report({ code: "called-dataflow-asks", message, at }, place);
  }
}
