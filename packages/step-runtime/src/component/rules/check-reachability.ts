import type { DataflowScope } from "./dataflow-scope.ts";
import { reachable } from "./reachable.ts";

/** Dataflows without a start, and steps that no run can reach. */
export function checkReachability({
  dataflow,
  graph,
  vertices,
  successors,
  starts,
  vertexOf,
  stepTypes,
  report,
}: DataflowScope): void {
  if (starts.length === 0 && vertices.length > 0) {
    const inputs = stepTypes
      .list()
      .filter(({ sources }) => sources === "none")
      .map(({ type }) => `"${type}"`);
    const advice = inputs.length > 0 ? ` Add an input step, such as ${inputs[0]}.` : " Add an input step.";
    report({ code: "no-input-step", message: `Dataflow "${dataflow.id}" has no step that starts it.${advice}` });
  }
  if (starts.length === 0) return;
  // What hangs on a step that has its own error is mended with it.
  const broken = new Set(graph.dangling.map(({ target }) => vertexOf(target)));
  const roots = vertices.flatMap(({ step }, vertex) =>
    (step.sources ?? []).length === 0 || broken.has(vertex) ? [vertex] : [],
  );
  const reached = reachable(successors, [...starts, ...roots]);
  for (const [vertex, place] of vertices.entries()) {
    if (reached[vertex]) continue;
    const message = `Step "${place.step.id}" can never run: no connection leads to it from the start of the dataflow. Connect it, or remove it.`;
    report({ code: "unreachable-step", message }, place);
  }
}
