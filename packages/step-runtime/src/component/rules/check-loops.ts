import { stronglyConnected } from "../strongly-connected.ts";
import type { DataflowScope, Follower } from "./dataflow-scope.ts";
import { joinStepType } from "./join-step-type.ts";

/** Loops that wait for nobody, and joins on a loop. */
export function checkLoops({ vertices, successors, stepTypes, report }: DataflowScope): void {
  const idOf = (vertex: number) => `"${vertices[vertex]?.step.id ?? ""}"`;
  const waiting = stepTypes
    .list()
    .filter(({ outcomes }) => Object.values(outcomes).some(({ waits }) => waits))
    .map(({ type }) => `"${type}"`);
  const busy = successors.map((followers) => followers.filter(({ waits }) => !waits));
  for (const loop of loops(busy)) {
    const path = loopPath(busy, loop).map(idOf);
    const shown = path.length > 6 ? [...path.slice(0, 3), `… (${path.length - 4} more)`, ...path.slice(-1)] : path;
    const advice =
      waiting.length > 0
        ? `Let it wait for a person in a step of type ${waiting.join(" or ")}, or remove a connection.`
        : "Remove a connection.";
    const message = `The steps ${shown.join(" → ")} run in a loop that never waits. ${advice}`;
    report({ code: "cycle-without-wait", message }, vertices[loop[0] ?? -1]);
  }
  for (const loop of loops(successors)) {
    for (const vertex of loop) {
      const place = vertices[vertex];
      if (place?.step.type !== joinStepType) continue;
      const message = `Step "${place.step.id}" joins paths and lies on a loop, but it can join only once in a run. Take it out of the loop.`;
      report({ code: "join-on-loop", message }, place);
    }
  }
}

/** The vertices of each loop or knot of loops, in document order. */
function loops(successors: readonly (readonly Follower[])[]): readonly (readonly number[])[] {
  return stronglyConnected(successors.map((followers) => followers.map(({ vertex }) => vertex)))
    .filter(([first = -1, ...others]) => others.length > 0 || successors[first]?.some(({ vertex }) => vertex === first))
    .map((group) => group.toSorted((a, b) => a - b));
}

/** A shortest way from the first vertex of a loop back to it. */
function loopPath(successors: readonly (readonly Follower[])[], loop: readonly number[]): readonly number[] {
  const start = loop[0] ?? -1;
  const inside = new Set(loop);
  const cameFrom = new Map<number, number>();
  const queue = [start];
  for (const vertex of queue) {
    for (const follower of successors[vertex] ?? []) {
      if (!inside.has(follower.vertex) || cameFrom.has(follower.vertex)) continue;
      cameFrom.set(follower.vertex, vertex);
      queue.push(follower.vertex);
    }
    if (cameFrom.has(start)) break;
  }
  const path = [start];
  for (let vertex = cameFrom.get(start); vertex !== undefined && vertex !== start; vertex = cameFrom.get(vertex))
    path.unshift(vertex);
  return [start, ...path];
}
