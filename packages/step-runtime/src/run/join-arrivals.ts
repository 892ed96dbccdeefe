import type { Model } from "../step/model.ts";
import type { CompiledJoin, CompiledJoins, SourceSet } from "./compile-joins.ts";
import { mergeModels } from "./merge-models.ts";

/** What arrived at one join so far; plain JSON and secrets, for the checkpoint. */
export interface JoinState {
  readonly stepId: string;
  /** It fires once in a run: whatever arrives later ends there. */
  readonly hasFired: boolean;
  /** By source, as in `step.outcome`. */
  readonly arrived: readonly (readonly [source: string, model: Model])[];
}

/** The joins of one run. */
export interface JoinArrivals {
  has(stepId: string): boolean;
  /** Notes what a source brings; a source that comes again before the join fires brings its model anew. */
  arrive(joinId: string, source: string, model: Model): void;
  /** The joins that fire now, in document order, with their merged models: no step that is still to run, or waits, leads to a source that is missing. */
  fire(active: () => readonly string[]): readonly { readonly stepId: string; readonly model: Model }[];
  states(): readonly JoinState[];
}

/** A join that something arrived at. */
interface Filling {
  readonly join: CompiledJoin;
  hasFired: boolean;
  missing: SourceSet;
  readonly models: Map<string, Model>;
}

/** Starts with what had arrived when the run was suspended. */
export function createJoinArrivals(
  { joins, sourcesAhead }: CompiledJoins,
  saved: readonly JoinState[] = [],
): JoinArrivals {
  const fillings = new Map<string, Filling>();
  const halfFilled = new Set<Filling>();

  const fillingOf = (stepId: string): Filling => {
    let filling = fillings.get(stepId);
    if (filling) return filling;
    const join = joins.get(stepId);
    if (!join) throw new Error(`The dataflow has no join "${stepId}".`);
    filling = { join, hasFired: false, missing: join.allSources, models: new Map() };
    fillings.set(stepId, filling);
    return filling;
  };
  const arrive = (stepId: string, source: string, model: Model): void => {
    const filling = fillingOf(stepId);
    if (filling.hasFired) return;
    halfFilled.add(filling);
    filling.models.set(source, model);
    filling.missing &= ~(filling.join.sources.get(source) ?? 0n);
  };
  /** What else lies ahead of some sources: a join that will fire, or may, is where its followers' arrivals come from. */
  const throughJoins = (from: SourceSet): SourceSet => {
    let ahead = from;
    for (const { stepId, allSources } of joins.values()) {
      const filling = fillings.get(stepId);
      if (filling?.hasFired) continue;
      if (filling || (allSources & ahead) !== 0n) ahead |= sourcesAhead.get(stepId) ?? 0n;
    }
    return ahead;
  };
  for (const { stepId, hasFired, arrived } of saved) {
    for (const [source, model] of arrived) arrive(stepId, source, model);
    fillingOf(stepId).hasFired = hasFired;
  }

  return {
    has: (stepId) => joins.has(stepId),
    arrive,
    fire(active) {
      if (halfFilled.size === 0) return [];
      let ahead: SourceSet = 0n;
      for (const stepId of active()) ahead |= sourcesAhead.get(stepId) ?? 0n;
      let due = [...halfFilled].filter(({ missing }) => (missing & ahead) === 0n);
      if (due.some(({ missing }) => missing !== 0n)) {
        ahead = throughJoins(ahead);
        due = due.filter(({ missing }) => (missing & ahead) === 0n);
      }
      return due
        .toSorted((a, b) => a.join.index - b.join.index)
        .map((filling) => {
          const { join, models } = filling;
          const model = mergeModels([...join.sources.keys()].map((source) => models.get(source)).filter(isPresent));
          filling.hasFired = true;
          models.clear();
          halfFilled.delete(filling);
          return { stepId: join.stepId, model };
        });
    },
    states: () =>
      [...fillings.values()].map(({ join, hasFired, models }) => ({
        stepId: join.stepId,
        hasFired,
        arrived: [...models],
      })),
  };
}

function isPresent(model: Model | undefined): model is Model {
  return model !== undefined;
}
