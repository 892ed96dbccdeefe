import type { DataflowScope } from "./dataflow-scope.ts";
import { joinStepType } from "./join-step-type.ts";
import { layeredOrder } from "./layered-order.ts";

/** One outcome with several followers, or several starts: all of them run. */
export interface Fork {
  /** -1: the start of the dataflow. */
  readonly vertex: number;
  readonly outcome: string;
  readonly followers: readonly number[];
}

/** Connections that may be looked at in one dataflow: a hostile one must not take minutes. */
const maxWork = 2_000_000;

/** Where the paths of a fork meet, by vertex. */
export interface WalkResult {
  /** The first step outside a join that two paths reach. */
  readonly meeting: number | null;
  readonly secondResponse: number | null;
  readonly isOutOfWork: boolean;
}

/**
 * Prepares the walk along a fork's paths; all walks share one budget. Each path carries a label forward; a join that gets
 * several makes them one new label, any other step that gets two of them would run twice.
 */
export function createForkWalk({ vertices, successors, starts }: DataflowScope): (fork: Fork) => WalkResult {
  const size = vertices.length;
  const position = layeredOrder(successors, starts);
  const atPosition = new Int32Array(size);
  position.forEach((place, vertex) => {
    atPosition[place] = vertex;
  });
  const isLoopEdge = (from: number, to: number) => (position[to] ?? 0) <= (position[from] ?? 0);
  const lastLoop = successors.reduce(
    (last, followers, vertex) =>
      followers.some((follower) => isLoopEdge(vertex, follower.vertex)) ? Math.max(last, position[vertex] ?? 0) : last,
    -1,
  );
  const isPending = new Uint8Array(size);
  let work = 0;

  return (fork) => {
    const labels = new Map<number, number[]>();
    /** How many pending steps carry a label. */
    const live = new Map<number, number>();
    let cursor = size;
    let meeting: number | null = null;
    let secondResponse: number | null = null;
    let response: { readonly vertex: number; readonly label: number } | null = null;

    const count = (label: number, by: number): void => {
      const left = (live.get(label) ?? 0) + by;
      if (left === 0) live.delete(label);
      else live.set(label, left);
    };
    const give = (vertex: number, label: number): void => {
      const held = labels.get(vertex);
      // Two labels are as good as many.
      if (held && (held.length > 1 || held[0] === label)) return;
      if (held) held.push(label);
      else labels.set(vertex, [label]);
      if (isPending[vertex]) return count(label, 1);
      isPending[vertex] = 1;
      for (const each of labels.get(vertex) ?? []) count(each, 1);
      cursor = Math.min(cursor, position[vertex] ?? 0);
    };
    /** Nothing new can come of a single path that is past every loop. */
    const isSettled = (): boolean =>
      live.size <= 1 && cursor > lastLoop && (response === null || secondResponse !== null || live.has(response.label));

    const visit = (vertex: number): void => {
      const held = labels.get(vertex) ?? [];
      isPending[vertex] = 0;
      for (const each of held) count(each, -1);
      const { step, type } = vertices[vertex] ?? {};
      const isMerged = step?.type === joinStepType && held.length > 1;
      if (held.length > 1 && !isMerged) {
        meeting = vertex;
        return;
      }
      const label = isMerged ? size + vertex : (held[0] ?? 0);
      if (type?.respondsToCaller) {
        response ??= { vertex, label };
        // Of two responses, the one further down in the document is the second.
        if (response.label !== label) secondResponse ??= Math.max(response.vertex, vertex);
      }
      // The fork itself starts over: that is another round, not another path.
      if (vertex === fork.vertex) return;
      for (const follower of successors[vertex] ?? []) {
        work++;
        // What comes back behind a join comes after its paths, not beside them.
        if (label >= size && isLoopEdge(vertex, follower.vertex)) continue;
        give(follower.vertex, label);
      }
    };

    for (const [label, follower] of fork.followers.entries()) give(follower, label);
    work += fork.followers.length;
    const isOver = (): boolean => cursor >= size || meeting !== null || work >= maxWork || isSettled();
    for (; !isOver(); cursor++) {
      const vertex = atPosition[cursor] ?? 0;
      if (!isPending[vertex]) continue;
      const before = cursor;
      cursor = size;
      visit(vertex);
      // A loop may have led back; otherwise go on behind this step.
      cursor = Math.min(before, cursor - 1);
    }
    for (const vertex of labels.keys()) isPending[vertex] = 0;
    return { meeting, secondResponse, isOutOfWork: work >= maxWork };
  };
}
