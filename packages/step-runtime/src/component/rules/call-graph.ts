import { calledBy } from "../called-by.ts";
import type { Component, Dataflow, Step } from "../component-schema.ts";
import { dataflowGraph } from "../dataflow-graph.ts";
import { stepOutcomes } from "../step-outcomes.ts";
import type { StepType, StepTypes } from "../step-type.ts";
import { stronglyConnected } from "../strongly-connected.ts";

/** Which dataflows of a component call which; worked out when first asked. */
export interface CallGraph {
  has(dataflowId: string): boolean;
  /** Whether a call of `to` in `from` may come back to `from`. */
  isRecursive(from: string, to: string): boolean;
  /** The first step that a run of the dataflow may reach and that asks a person. */
  askingStep(dataflowId: string): Step | null;
  /** Whether a run of the dataflow, or of one that it calls, has a step that decides about the run's confirmation or forgets it. */
  changesConfirmation(dataflowId: string): boolean;
}

/** Prepares the call graph of a component. */
export function createCallGraph(component: Component, stepTypes: StepTypes): CallGraph {
  let loops: ReadonlyMap<string, number> | undefined;
  const asking = new Map<string, Step | null>();
  const dataflows = new Map(component.dataflows.map((dataflow) => [dataflow.id, dataflow]));
  return {
    has: (dataflowId) => dataflows.has(dataflowId),
    isRecursive(from, to) {
      loops ??= findLoops(component, stepTypes);
      return from === to || (loops.has(from) && loops.get(from) === loops.get(to));
    },
    askingStep(dataflowId) {
      let step = asking.get(dataflowId);
      if (step === undefined) {
        const dataflow = dataflows.get(dataflowId);
        step = dataflow ? findAsking(dataflow, stepTypes) : null;
        asking.set(dataflowId, step);
      }
      return step;
    },
    changesConfirmation(dataflowId) {
      // A set may grow while it is walked.
      const reached = new Set([dataflowId]);
      for (const id of reached) {
        for (const { type: name, settings = {} } of stepsOf(dataflows.get(id))) {
          const type = stepTypes.get(name);
          if (type && changesConfirmation(type)) return true;
          const called = calledBy(type, settings);
          if (called !== null) reached.add(called);
        }
      }
      return false;
    },
  };
}

/** Whether, behind a step of this type, what the run had confirmed may be gone. */
export function changesConfirmation({ forgetsConfirmation, outcomes }: StepType): boolean {
  return forgetsConfirmation === true || Object.values(outcomes).some(({ confirms }) => confirms);
}

function stepsOf(dataflow: Dataflow | undefined): readonly Step[] {
  return dataflow?.stages.flatMap(({ steps }) => steps) ?? [];
}

/** The group of each dataflow: those of one group call each other in a circle. */
function findLoops({ dataflows }: Component, stepTypes: StepTypes): ReadonlyMap<string, number> {
  const indexOf = new Map(dataflows.map(({ id }, index) => [id, index]));
  const successors = dataflows.map((dataflow) =>
    stepsOf(dataflow).flatMap(
      ({ type, settings = {} }) => indexOf.get(calledBy(stepTypes.get(type), settings) ?? "") ?? [],
    ),
  );
  return new Map(
    stronglyConnected(successors).flatMap((group, number) =>
      group.flatMap((index): [string, number][] => {
        const dataflow = dataflows[index];
        return dataflow ? [[dataflow.id, number]] : [];
      }),
    ),
  );
}

function findAsking(dataflow: Dataflow, stepTypes: StepTypes): Step | null {
  const graph = dataflowGraph(dataflow, stepTypes);
  const reached = new Set(graph.steps.filter(({ type }) => stepTypes.get(type)?.sources === "none"));
  for (const { id } of reached) {
    for (const { target } of graph.outgoing(id)) {
      const step = graph.step(target);
      if (step) reached.add(step);
    }
  }
  return (
    graph.steps.find((step) => {
      const type = reached.has(step) ? stepTypes.get(step.type) : undefined;
      return type && stepOutcomes(step, type).some((outcome) => type.outcomes[outcome]?.waits);
    }) ?? null
  );
}
