import type { RunView } from "@onceflow/step-runtime";
import type { RunTokens } from "../auth/run-tokens.ts";
import type { Execution } from "./run-schema.ts";

/** The run token of a run that waits, as a field of what is answered about it; no field for any other. */
export async function runTokenOf(
  { runId, question }: RunView,
  { runTokens }: { runTokens: Pick<RunTokens, "make"> },
): Promise<Pick<Execution, "runToken">> {
  return question === null ? {} : { runToken: await runTokens.make(runId, question) };
}
