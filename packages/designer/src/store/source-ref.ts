import { stepOutcomes, type StepTypes } from "@onceflow/step-runtime";
import type { DataflowEntity } from "./flow-document.ts";

/** What a step follows: an earlier step, and one of its outcomes. */
export interface SourceRef {
  readonly stepId: string;
  /** Null: the main outcome. */
  readonly outcome: string | null;
}

/** Reads `step` or `step.outcome`. */
export function parseSource(source: string): SourceRef {
  const dot = source.indexOf(".");
  return dot < 0 ? { stepId: source, outcome: null } : { stepId: source.slice(0, dot), outcome: source.slice(dot + 1) };
}

/** Writes a source the short way. */
export function printSource({ stepId, outcome }: SourceRef): string {
  return outcome === null ? stepId : `${stepId}.${outcome}`;
}

/** The main outcome of a step's type; null when the type is unknown or ends its path. */
function mainOutcome(steps: StepTypes, dataflow: Pick<DataflowEntity, "steps">, stepKey: string): string | null {
  const step = dataflow.steps[stepKey];
  const type = steps.get(step?.type ?? "");
  return step && type ? (stepOutcomes(step, type)[0] ?? null) : null;
}

/** The source with the main outcome said as null, so that `a` and `a.ok` compare equal. */
export function canonicalSource(
  steps: StepTypes,
  dataflow: Pick<DataflowEntity, "steps">,
  source: SourceRef,
): SourceRef {
  if (source.outcome === null || source.outcome !== mainOutcome(steps, dataflow, source.stepId)) return source;
  return { stepId: source.stepId, outcome: null };
}

/** Whether two sources are the same way out of the same step. */
export function sameSource(a: SourceRef, b: SourceRef): boolean {
  return a.stepId === b.stepId && a.outcome === b.outcome;
}
