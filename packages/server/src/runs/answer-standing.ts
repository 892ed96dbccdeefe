import type { Context } from "hono";
import type { AppEnv } from "../app-env.ts";
import { storeUnavailable } from "../problems/store-unavailable.ts";
import type { RouteOptions } from "../routes/route-options.ts";
import { executionOf } from "./execution-of.ts";
import { inspectionOf } from "./inspection-of.ts";
import { preferredWait } from "./preferred-wait.ts";
import { runTokenOf } from "./run-token-of.ts";
import { seenRun } from "./seen-run.ts";
import { waitForEnd } from "./wait-for-end.ts";

/**
 * Answers how a run stands once it is over, asks, or the time is up that the request prefers to wait: 200, or 202 while it
 * goes on; at once without looking when there is no time to wait.
 *
 * @throws ProblemError `unknown-run`, or `store-unavailable` when the run failed because the database was away
 */
export async function answerStanding(
  context: Context<AppEnv>,
  runId: string,
  { engine, runTokens, waitLimitMs }: RouteOptions,
) {
  const { principal } = context.var;
  const { waitMs, applied } = preferredWait(context.req.header("Prefer"), { limitMs: waitLimitMs });
  if (applied !== null) context.header("Preference-Applied", applied);
  if (waitMs === 0) return context.json({ runId, status: "running" as const }, 202);
  await waitForEnd(runId, { engine, waitMs, signal: context.req.raw.signal });
  const { view, owned } = await seenRun(runId, { engine, principal });
  const execution = owned ? { ...executionOf(view), ...(await runTokenOf(view, { runTokens })) } : inspectionOf(view);
  if (execution.error?.code === "store-unavailable") throw storeUnavailable(execution.error.message);
  return context.json(execution, execution.status === "running" ? 202 : 200);
}
