import { stepOutcomes } from "../step-outcomes.ts";
import type { DataflowScope } from "./dataflow-scope.ts";
import { reachable } from "./reachable.ts";

/** Dataflows, steps and outcomes that leave the caller without a response. */
export function checkResponses({
  dataflow,
  graph,
  vertices,
  successors,
  starts,
  stepTypes,
  report,
}: DataflowScope): void {
  const responders = stepTypes
    .list()
    .filter(({ respondsToCaller }) => respondsToCaller)
    .map(({ type }) => `"${type}"`);
  const advice = responders.length > 0 ? `Add a step of type ${responders.join(" or ")}` : "Add a step that writes one";
  // A step of unknown type may well write a response.
  const responding = vertices.flatMap(({ type }, vertex) => (!type || type.respondsToCaller ? [vertex] : []));

  const reached = reachable(successors, starts);
  if (!responding.some((vertex) => reached[vertex])) {
    const message = `Dataflow "${dataflow.id}" never reaches a step that writes a response. ${advice} and connect it.`;
    report({ code: "no-response", message });
  }

  const predecessors: { vertex: number }[][] = vertices.map(() => []);
  for (const [vertex, followers] of successors.entries()) {
    for (const follower of followers) predecessors[follower.vertex]?.push({ vertex });
  }
  const leadsToResponse = reachable(predecessors, responding);
  for (const [vertex, place] of vertices.entries()) {
    const { step, type } = place;
    if (!type) continue;
    if (type.needsResponse && !leadsToResponse[vertex]) {
      const message = `Step "${step.id}" needs a response behind it, but none follows. ${advice} behind it.`;
      report({ code: "needs-response", message }, place);
    }
    for (const outcome of stepOutcomes(step, type)) {
      if (type.outcomes[outcome]?.failsAs !== undefined || graph.followers(step.id, outcome).length > 0) continue;
      const message = `Nothing follows outcome "${outcome}" of step "${step.id}": a run that leaves by it ends there without a response. Connect it to a step.`;
      report({ severity: "warning", code: "outcome-without-response", message }, place);
    }
  }
}
