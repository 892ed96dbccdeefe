import type { Step } from "../component/component-schema.ts";
import type { DataflowGraph } from "../component/dataflow-graph.ts";
import { joinStepType } from "../component/rules/join-step-type.ts";
import { stronglyConnected } from "../component/strongly-connected.ts";

/** Sources of joins, one bit each: a BigInt is a set that is united and compared as a whole. */
export type SourceSet = bigint;

/** The joins of a dataflow, and what may still arrive at them from where. */
export interface CompiledJoins {
  /** By step id, each behind all joins that lead to it. */
  readonly joins: ReadonlyMap<string, CompiledJoin>;
  /** The sources by which a run may arrive at a join next, from each step; those behind a join are the join's own. */
  readonly sourcesAhead: ReadonlyMap<string, SourceSet>;
}

/** A step of type join-models. */
export interface CompiledJoin {
  readonly stepId: string;
  /** In document order, from 0. */
  readonly index: number;
  /** Each source, as in `step.outcome`, with its bit; in the order of the step's `sources`. */
  readonly sources: ReadonlyMap<string, SourceSet>;
  readonly allSources: SourceSet;
}

/** Finds the joins of a dataflow and what leads to them; null when there is none. */
export function compileJoins(graph: DataflowGraph): CompiledJoins | null {
  const found = graph.steps.filter(isJoin);
  if (found.length === 0) return null;
  let bits = 0;
  const joins = new Map<string, CompiledJoin>();
  for (const [index, { id }] of found.entries()) {
    const sources = new Map<string, SourceSet>();
    for (const { source, outcome } of graph.incoming(id)) sources.set(`${source}.${outcome}`, 1n << BigInt(bits++));
    joins.set(id, { stepId: id, index, sources, allSources: unite(sources.values()) });
  }

  const vertexOf = new Map(graph.steps.map(({ id }, vertex) => [id, vertex]));
  const groups = stronglyConnected(
    graph.steps.map(({ id }) => graph.outgoing(id).map(({ target }) => vertexOf.get(target) ?? 0)),
  );
  const sourcesAhead = new Map<string, SourceSet>();
  const order: string[] = [];
  // A group comes after every group it leads to, so all that is ahead of it is known.
  for (const group of groups) {
    const ids = group.flatMap((vertex) => graph.steps[vertex]?.id ?? []);
    const ahead = ids.flatMap((id) =>
      graph
        .outgoing(id)
        .map(
          ({ target, outcome }) => joins.get(target)?.sources.get(`${id}.${outcome}`) ?? sourcesAhead.get(target) ?? 0n,
        ),
    );
    const sources = unite(ahead);
    for (const id of ids) sourcesAhead.set(id, sources);
    order.push(...ids);
  }
  const upstreamFirst = order.toReversed().flatMap((id) => joins.get(id) ?? []);
  return { joins: new Map(upstreamFirst.map((join) => [join.stepId, join])), sourcesAhead };
}

function isJoin({ type }: Step): boolean {
  return type === joinStepType;
}

function unite(sets: Iterable<SourceSet>): SourceSet {
  let all = 0n;
  for (const set of sets) all |= set;
  return all;
}
