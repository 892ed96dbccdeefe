import type { Engine, RunView } from "@onceflow/step-runtime";
import type { Session } from "../auth/session.ts";
import { ProblemError } from "../problems/problem-error.ts";

/**
 * The run, for the session that started it; for all others there is no such run.
 *
 * @throws ProblemError `unknown-run`
 */
export async function ownRun(
  runId: string,
  { engine, session }: { engine: Engine; session: Session },
): Promise<RunView> {
  const view = await engine.get(runId);
  if (view === null || view.caller.sessionId !== session.id || view.caller.clientId !== session.clientId) {
    throw new ProblemError("unknown-run", "This session started no run with that id.");
  }
  return view;
}
