import type { Dataflow, Step } from "./component-schema.ts";
import { parseSource } from "./source-reference.ts";
import { stepOutcomes } from "./step-outcomes.ts";
import type { StepTypes } from "./step-type.ts";

/** A connection: `target` follows `outcome` of `source`. */
export interface DataflowEdge {
  readonly source: string;
  readonly outcome: string;
  readonly target: string;
  /** The place among the target's `sources`. */
  readonly sourceIndex: number;
}

/** A source that leads nowhere. */
export interface DanglingSource {
  readonly target: string;
  readonly sourceIndex: number;
  readonly source: string;
  readonly reason: "malformed" | "unknown-step" | "unknown-outcome" | "duplicate";
}

/** How the steps of a dataflow are connected. Of steps with the same id the first one counts. */
export interface DataflowGraph {
  /** In document order. */
  readonly steps: readonly Step[];
  /** In the order of their targets, then of the target's `sources`. */
  readonly edges: readonly DataflowEdge[];
  readonly dangling: readonly DanglingSource[];
  step(id: string): Step | undefined;
  /** The steps that follow an outcome, in document order. */
  followers(stepId: string, outcome: string): readonly Step[];
  /** The connections that leave a step, in document order of their targets. */
  outgoing(stepId: string): readonly DataflowEdge[];
  /** The connections that reach a step, in the order of its `sources`. */
  incoming(stepId: string): readonly DataflowEdge[];
  /** The ids of all steps before a step; of itself too when it lies on a loop. */
  ancestors(stepId: string): ReadonlySet<string>;
}

/**
 * Reads the connections out of the steps' `sources`. Broken ones are listed in `dangling`, never thrown.
 * A step of unknown type has whatever outcomes are named; its main outcome is `ok`.
 */
export function dataflowGraph(dataflow: Dataflow, stepTypes: StepTypes): DataflowGraph {
  const byId = new Map<string, Step>();
  for (const stage of dataflow.stages) {
    for (const step of stage.steps) if (!byId.has(step.id)) byId.set(step.id, step);
  }
  const outcomesById = new Map<string, readonly string[] | null>();
  for (const step of byId.values()) {
    const type = stepTypes.get(step.type);
    outcomesById.set(step.id, type ? stepOutcomes(step, type) : null);
  }

  const edges: DataflowEdge[] = [];
  const dangling: DanglingSource[] = [];
  const outgoing = new Map<string, DataflowEdge[]>();
  const incoming = new Map<string, DataflowEdge[]>();
  const followers = new Map<string, Step[]>();
  for (const step of byId.values()) {
    const seen = new Set<string>();
    for (const [sourceIndex, source] of (step.sources ?? []).entries()) {
      const resolved = resolveSource(source, outcomesById);
      const key = typeof resolved === "string" ? "" : outcomeKey(resolved.stepId, resolved.outcome);
      if (typeof resolved === "string" || seen.has(key)) {
        dangling.push({
          target: step.id,
          sourceIndex,
          source,
          reason: typeof resolved === "string" ? resolved : "duplicate",
        });
        continue;
      }
      seen.add(key);
      const edge: DataflowEdge = { source: resolved.stepId, outcome: resolved.outcome, target: step.id, sourceIndex };
      edges.push(edge);
      append(outgoing, edge.source, edge);
      append(incoming, edge.target, edge);
      append(followers, key, step);
    }
  }

  return {
    steps: [...byId.values()],
    edges,
    dangling,
    step: (id) => byId.get(id),
    followers: (stepId, outcome) => followers.get(outcomeKey(stepId, outcome)) ?? [],
    outgoing: (stepId) => outgoing.get(stepId) ?? [],
    incoming: (stepId) => incoming.get(stepId) ?? [],
    ancestors: (stepId) => ancestorsOf(stepId, incoming),
  };
}

function resolveSource(
  source: string,
  outcomesById: ReadonlyMap<string, readonly string[] | null>,
): { readonly stepId: string; readonly outcome: string } | "malformed" | "unknown-step" | "unknown-outcome" {
  const reference = parseSource(source);
  if (!reference) return "malformed";
  const outcomes = outcomesById.get(reference.stepId);
  if (outcomes === undefined) return "unknown-step";
  const outcome = reference.outcome ?? (outcomes ? outcomes[0] : "ok");
  if (outcome === undefined || (outcomes && !outcomes.includes(outcome))) return "unknown-outcome";
  return { stepId: reference.stepId, outcome };
}

/** A step id has no dot. */
function outcomeKey(stepId: string, outcome: string): string {
  return `${stepId}.${outcome}`;
}

function append<T>(lists: Map<string, T[]>, key: string, entry: T): void {
  const list = lists.get(key);
  if (list) list.push(entry);
  else lists.set(key, [entry]);
}

function ancestorsOf(stepId: string, incoming: ReadonlyMap<string, readonly DataflowEdge[]>): ReadonlySet<string> {
  const found = new Set<string>();
  const open = [stepId];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    for (const { source } of incoming.get(id) ?? []) {
      if (found.has(source)) continue;
      found.add(source);
      open.push(source);
    }
  }
  return found;
}
