import type { RunEvent } from "@onceflow/step-runtime";

/** Whether nothing follows this event. */
export function endsRun({ type }: Pick<RunEvent, "type">): boolean {
  return type === "run-completed" || type === "run-failed" || type === "run-cancelled";
}
