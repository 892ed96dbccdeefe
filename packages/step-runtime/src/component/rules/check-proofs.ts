import { calledBy } from "../called-by.ts";
import { changesConfirmation } from "./call-graph.ts";
import type { DataflowScope } from "./dataflow-scope.ts";
import { reachable } from "./reachable.ts";

/** Steps that need a confirmed code and that a run can reach without one: it would fail there. */
export function checkProofs({ vertices, successors, starts, calls, report }: DataflowScope): void {
  const needing = vertices.flatMap((place, vertex) =>
    place.type?.needsConfirmation?.(place.settings) ? [{ place, vertex }] : [],
  );
  if (needing.length === 0) return;
  const confirms = (vertex: number, outcome: string) => vertices[vertex]?.type?.outcomes[outcome]?.confirms === true;
  // Behind these nothing is confirmed, whatever was before; so what a run reaches from here on it may reach unconfirmed.
  const reached = reachable(successors, starts);
  const forgetting = vertices.flatMap(({ type, settings }, vertex) => {
    if (!reached[vertex] || !type) return [];
    const called = calledBy(type, settings);
    return changesConfirmation(type) || (called !== null && calls.changesConfirmation(called)) ? [vertex] : [];
  });
  const unconfirmed = reachable(
    successors.map((followers, vertex) => followers.filter(({ outcome }) => !confirms(vertex, outcome))),
    [...starts, ...forgetting],
  );
  for (const { place, vertex } of needing) {
    if (!unconfirmed[vertex]) continue;
    const message = `Step "${place.step.id}" proves that a code was confirmed, but a run can reach it without one and fails there. Let it follow the outcome "confirmed" only, and give every other path a step of its own that responds.`;
    report({ code: "proof-without-confirmation", message }, place);
  }
}
