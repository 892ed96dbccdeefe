import type { Engine } from "@onceflow/step-runtime";
import type { Principal } from "../auth/principal.ts";
import type { RunTokens } from "../auth/run-tokens.ts";
import { storeUnavailable } from "../problems/store-unavailable.ts";
import { executionOf } from "./execution-of.ts";
import { inspectionOf } from "./inspection-of.ts";
import type { Execution } from "./run-schema.ts";
import { runTokenOf } from "./run-token-of.ts";
import { seenRun } from "./seen-run.ts";
import { waitForEnd } from "./wait-for-end.ts";

/** What a caller who waits so long is answered about a run, with the status of the answer. */
export interface Standing {
  readonly execution: Execution;
  /** 202 while the run goes on. */
  readonly status: 200 | 202;
}

/**
 * How a run stands once it is over, asks, or the time is up; at once without looking when there is none to wait.
 *
 * @throws ProblemError `unknown-run`, or `store-unavailable` when the run failed because the database was away
 */
export async function standingOf(
  runId: string,
  {
    engine,
    principal,
    runTokens,
    waitMs,
    signal,
  }: { engine: Engine; principal: Principal; runTokens: RunTokens; waitMs: number; signal: AbortSignal },
): Promise<Standing> {
  if (waitMs === 0) return { execution: { runId, status: "running" }, status: 202 };
  await waitForEnd(runId, { engine, waitMs, signal });
  const { view, owned } = await seenRun(runId, { engine, principal });
  const execution = owned ? { ...executionOf(view), ...(await runTokenOf(view, { runTokens })) } : inspectionOf(view);
  if (execution.error?.code === "store-unavailable") throw storeUnavailable(execution.error.message);
  return { execution, status: execution.status === "running" ? 202 : 200 };
}
