import type { Engine, RunView } from "@onceflow/step-runtime";
import type { Principal } from "../auth/principal.ts";
import { ProblemError } from "../problems/problem-error.ts";
import { ownsRun } from "./owns-run.ts";

/**
 * The run, for the session that started it, for a key of its client and for its own token; for all others there is no
 * such run.
 *
 * @throws ProblemError `unknown-run`
 */
export async function ownRun(
  runId: string,
  { engine, principal }: { engine: Engine; principal: Principal },
): Promise<RunView> {
  const view = await engine.get(runId);
  if (view === null || !ownsRun(principal, view)) {
    throw new ProblemError("unknown-run", "You started no run with that id.");
  }
  return view;
}
