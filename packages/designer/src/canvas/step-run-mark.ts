import type { RunState, StepRun } from "@onceflow/step-runtime";
import { ownSteps } from "../run/own-steps.ts";
import type { ViewState } from "../store/view-store.ts";

/** What the last run says about a step. */
export interface StepRunMark {
  readonly status: StepRun["status"] | "skipped";
  readonly durationMs: number | null;
}

const marksOf = new WeakMap<RunState, ReadonlyMap<string, StepRunMark>>();
const skipped: StepRunMark = { status: "skipped", durationMs: null };

/** The mark of a step in the last run of its dataflow; null when there was none. Stable while the run is. */
export function stepRunMark({ run }: ViewState, dataflowId: string | undefined, stepId: string): StepRunMark | null {
  if (!run || run.dataflowId !== dataflowId || run.state.status === "pending") return null;
  let marks = marksOf.get(run.state);
  if (!marks) {
    const made = new Map<string, StepRunMark>();
    for (const { stepId: id, status, startedAt, endedAt } of ownSteps(run.state)) {
      const before = made.get(id)?.durationMs ?? 0;
      made.set(id, { status, durationMs: endedAt === null ? null : before + endedAt - startedAt });
    }
    marks = made;
    marksOf.set(run.state, marks);
  }
  return marks.get(stepId) ?? (run.state.status === "running" ? null : skipped);
}

/** A duration as it stands beside a card. */
export function durationParts(ms: number): {
  readonly id: "card.durationMs" | "card.durationSeconds";
  readonly values: Record<string, string | number>;
} {
  return ms < 10_000
    ? { id: "card.durationMs", values: { ms: Math.round(ms) } }
    : { id: "card.durationSeconds", values: { seconds: (ms / 1000).toFixed(1) } };
}
