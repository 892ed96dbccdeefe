import {
  type Caller,
  initialRunState,
  nextRunState,
  type RunEvent,
  type RunQuestion,
  type RunResult,
  type RunView,
} from "@onceflow/step-runtime";
import type { RunReader } from "../database/run-reader.ts";
import type { StateBox } from "../state/create-state-box.ts";

/** A run as its owner sees it, all of one moment; null for an unknown one. */
export async function viewRun(
  runId: string,
  { reader, boxOf }: { readonly reader: RunReader; readonly boxOf: (runId: string) => StateBox },
): Promise<RunView | null> {
  const row = await reader.view(runId);
  if (row === null) return null;
  const box = boxOf(runId);
  const events = await Promise.all(row.events.map((sealed, index) => box.open<RunEvent>(sealed, `event/${index + 1}`)));
  return {
    runId,
    componentId: row.componentId,
    dataflowId: row.dataflowId,
    caller: await box.open<Caller>(row.sealedCaller, "caller"),
    state: events.reduce(nextRunState, initialRunState),
    question:
      row.status === "suspended" && row.sealedQuestion !== null
        ? await box.open<RunQuestion>(row.sealedQuestion, `wait/${row.segment}/question`)
        : null,
    result: row.sealedResult === null ? null : await box.open<RunResult>(row.sealedResult, "result"),
  };
}
