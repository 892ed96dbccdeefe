import type { StepTypes } from "@onceflow/step-runtime";
import type { DataflowEntity } from "./flow-document.ts";
import { canonicalSource, parseSource, type SourceRef } from "./source-ref.ts";

/** One connection: a step follows an outcome of another. */
export interface Link {
  readonly source: SourceRef;
  readonly targetKey: string;
}

/** All keys of a dataflow's steps, in document order. */
export function stepOrder(dataflow: DataflowEntity): readonly string[] {
  return dataflow.stageKeys.flatMap((key) => dataflow.stages[key]?.stepKeys ?? []);
}

/** The stage that holds a step. */
export function stageOf(dataflow: DataflowEntity, stepKey: string): string | null {
  return dataflow.stageKeys.find((key) => dataflow.stages[key]?.stepKeys.includes(stepKey)) ?? null;
}

/** The connections of a dataflow, in document order of their targets; sources that lead nowhere are left out. */
export function dataflowLinks(dataflow: DataflowEntity, steps: StepTypes): readonly Link[] {
  return stepOrder(dataflow).flatMap((targetKey) => {
    const seen = new Set<string>();
    return (dataflow.steps[targetKey]?.sources ?? []).flatMap((text) => {
      const source = canonicalSource(steps, dataflow, parseSource(text));
      const name = `${source.stepId}.${source.outcome ?? ""}`;
      if (!dataflow.steps[source.stepId] || seen.has(name)) return [];
      seen.add(name);
      return [{ source, targetKey }];
    });
  });
}
