import type { Component, Dataflow, Step } from "../component-schema.ts";
import { type DataflowGraph, dataflowGraph } from "../dataflow-graph.ts";
import type { Issue, IssueSeverity } from "../issue.ts";
import { printPointer } from "../json-pointer.ts";
import type { ModelChange, StepType, StepTypes } from "../step-type.ts";
import type { Suggest } from "../suggest.ts";
import type { CallGraph } from "./call-graph.ts";

/** A step with its type and where it stands. */
export interface StepPlace {
  readonly step: Step;
  /** Undefined: a type that is not registered. */
  readonly type: StepType | undefined;
  /** In document order, from 0. */
  readonly index: number;
  readonly pointer: string;
  readonly settings: Readonly<Record<string, unknown>>;
}

/** A problem, before it is known where it stands. */
export interface Problem {
  readonly code: string;
  readonly message: string;
  readonly severity?: IssueSeverity;
  /** Keys from the step (or the dataflow) to the place. */
  readonly at?: readonly PropertyKey[];
  readonly fixes?: readonly string[];
}

/** What the rules of one dataflow share. */
export interface DataflowScope {
  readonly component: Component;
  readonly dataflow: Dataflow;
  readonly stepTypes: StepTypes;
  readonly graph: DataflowGraph;
  /** All steps in document order, also those whose id is taken. */
  readonly places: readonly StepPlace[];
  /** The steps of the graph, by vertex. */
  readonly vertices: readonly StepPlace[];
  /** The followers of each vertex. */
  readonly successors: readonly (readonly Follower[])[];
  /** The vertices where a run starts: input steps, and steps of unknown type without sources. */
  readonly starts: readonly number[];
  readonly vertexOf: (stepId: string) => number;
  readonly suggest: Suggest;
  /** The component's. */
  readonly calls: CallGraph;
  /** What a step adds to the model; null when nobody can tell. */
  readonly changesOf: (place: StepPlace) => ModelChange | null;
  /** Reports an error, unless the problem says otherwise. */
  readonly report: (problem: Problem, place?: StepPlace) => void;
}

/** A connection between vertices. */
export interface Follower {
  readonly vertex: number;
  readonly outcome: string;
  readonly waits: boolean;
}

/** Prepares a dataflow for the rules; issues reach `emit` with the index of their step (-1: of the dataflow). */
export function dataflowScope(
  component: Component,
  dataflowIndex: number,
  dataflow: Dataflow,
  {
    stepTypes,
    suggest,
    calls,
    emit,
  }: { stepTypes: StepTypes; suggest: Suggest; calls: CallGraph; emit: (issue: Issue, stepIndex: number) => void },
): DataflowScope {
  const graph = dataflowGraph(dataflow, stepTypes);
  const base = printPointer(["dataflows", dataflowIndex]);
  const places = placesOf(dataflow, base, stepTypes);
  const vertices: StepPlace[] = [];
  const vertexById = new Map<string, number>();
  for (const place of places) {
    if (vertexById.has(place.step.id)) continue;
    vertexById.set(place.step.id, vertices.length);
    vertices.push(place);
  }
  const vertexOf = (stepId: string) => vertexById.get(stepId) ?? -1;
  const successors = vertices.map(({ step, type }) =>
    graph.outgoing(step.id).map(({ target, outcome }): Follower => {
      const outcomeType = type && Object.hasOwn(type.outcomes, outcome) ? type.outcomes[outcome] : undefined;
      return { vertex: vertexOf(target), outcome, waits: outcomeType?.waits ?? false };
    }),
  );
  const starts = vertices.flatMap(({ step, type }, vertex) =>
    (type ? type.sources === "none" : (step.sources ?? []).length === 0) ? [vertex] : [],
  );
  const changes = new Map<StepPlace, ModelChange | null>();
  return {
    component,
    dataflow,
    stepTypes,
    graph,
    places,
    vertices,
    successors,
    starts,
    vertexOf,
    suggest,
    calls,
    changesOf(place) {
      let change = changes.get(place);
      if (change === undefined) changes.set(place, (change = readChanges(place, component)));
      return change;
    },
    report({ at = [], severity = "error", code, message, fixes }, place) {
      emit(
        {
          severity,
          code,
          message,
          pointer: (place?.pointer ?? base) + printPointer(at),
          dataflowId: dataflow.id,
          ...(place ? { stepId: place.step.id } : {}),
          ...(fixes ? { fixes } : {}),
        },
        place?.index ?? -1,
      );
    },
  };
}

function placesOf(dataflow: Dataflow, base: string, stepTypes: StepTypes): readonly StepPlace[] {
  const places: StepPlace[] = [];
  for (const [stageIndex, stage] of dataflow.stages.entries()) {
    for (const [stepIndex, step] of stage.steps.entries()) {
      places.push({
        step,
        type: stepTypes.get(step.type),
        index: places.length,
        pointer: base + printPointer(["stages", stageIndex, "steps", stepIndex]),
        settings: step.settings ?? {},
      });
    }
  }
  return places;
}

function readChanges({ type, settings }: StepPlace, component: Component): ModelChange | null {
  if (!type) return null;
  try {
    return type.changes?.(settings, component) ?? { adds: [] };
  } catch {
    // The settings are broken, which check-settings reports; what the step adds is anyone's guess.
    return null;
  }
}
