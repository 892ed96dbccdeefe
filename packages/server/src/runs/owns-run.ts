import type { RunView } from "@onceflow/step-runtime";
import type { Principal } from "../auth/principal.ts";

/** Whether a run belongs to the session that sends a request, to the client of its key, or to its run token. */
export function ownsRun(principal: Principal, { runId, caller }: Pick<RunView, "runId" | "caller">): boolean {
  switch (principal.type) {
    case "session":
      return caller.sessionId === principal.session.id && caller.clientId === principal.session.clientId;
    case "api-key":
      return caller.clientId === principal.clientId;
    case "run-token":
      return runId === principal.runId;
  }
}
