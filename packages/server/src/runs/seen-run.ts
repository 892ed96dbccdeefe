import type { Engine, RunView } from "@onceflow/step-runtime";
import { hasScope } from "../auth/has-scope.ts";
import type { Principal } from "../auth/principal.ts";
import { ProblemError } from "../problems/problem-error.ts";
import { ownsRun } from "./owns-run.ts";

/**
 * The run, for whom it belongs to and may run dataflows, and for an operator's API key, which shows how any run goes but
 * nothing of what it holds, its own client's included: the run token of one that waits would let it answer. The session of a browser sees its own runs only, whatever its scopes: several people may use one browser.
 *
 * @throws ProblemError `unknown-run`
 */
export async function seenRun(
  runId: string,
  { engine, principal }: { engine: Engine; principal: Principal },
): Promise<{ view: RunView; owned: boolean }> {
  const view = await engine.get(runId);
  const owned = view !== null && hasScope(principal, "execute") && ownsRun(principal, view);
  const operates = principal.type === "api-key" && hasScope(principal, "operate");
  if (view !== null && (owned || operates)) return { view, owned };
  throw new ProblemError("unknown-run", "You started no run with that id.");
}
