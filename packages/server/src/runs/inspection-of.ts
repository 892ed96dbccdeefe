import type { RunView } from "@onceflow/step-runtime";
import { executionOf } from "./execution-of.ts";
import type { Execution } from "./run-schema.ts";

/** How a run stands, for operators: without its response, definitions, modal and tokens. */
export function inspectionOf(view: RunView): Execution {
  const { runId, status, error } = executionOf(view);
  return { runId, status, ...(error === undefined ? {} : { error }) };
}
