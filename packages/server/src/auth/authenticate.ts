import type { ApiKeys } from "@onceflow/step-runtime";
import type { Context, HonoRequest, MiddlewareHandler } from "hono";
import type { AppEnv } from "../app-env.ts";
import { ProblemError } from "../problems/problem-error.ts";
import { fromForeignSite } from "./from-foreign-site.ts";
import type { Principal } from "./principal.ts";
import type { RunTokens } from "./run-tokens.ts";
import type { Session, SessionGrant } from "./session.ts";
import type { Sessions } from "./sessions.ts";

/**
 * Finds out who sends a request: by its `Authorization` if there is one, which is right or the end of it, else by its
 * cookie. A visitor without a session gets one on the first GET, if the server takes visitors; a change never starts a
 * session, for it would come without a CSRF token anyway. Neither does a page of another site: it comes without the
 * cookie of a session that there is, and could fill the store with new ones.
 */
export function authenticate({
  sessions,
  visitor,
  apiKeys,
  runTokens,
}: {
  sessions: Sessions;
  visitor: SessionGrant | null;
  apiKeys: Pick<ApiKeys, "find">;
  runTokens: Pick<RunTokens, "read">;
}): MiddlewareHandler<AppEnv> {
  async function startFor(context: Context): Promise<Session> {
    const safe = context.req.method === "GET" || context.req.method === "HEAD";
    if (!safe || visitor === null || fromForeignSite(context)) {
      throw new ProblemError("no-session", "Your session is over or was never started. Load the page again.");
    }
    return sessions.start(context, visitor);
  }

  async function bearer(authorization: string): Promise<Principal> {
    const [, token = ""] = /^Bearer +([\w.~+/-]+=*)$/i.exec(authorization) ?? [];
    const apiKey = await apiKeys.find(token);
    if (apiKey !== null) {
      const { keyId, clientId, scopes } = apiKey;
      return { type: "api-key", keyId, clientId, scopes };
    }
    const run = await runTokens.read(token);
    if (run !== null) return { type: "run-token", runId: run.runId };
    throw new ProblemError(
      "wrong-credentials",
      "Send an API key that is not revoked, or a run token that is not over, as: Authorization: Bearer <key>.",
      { headers: { "WWW-Authenticate": 'Bearer realm="onceflow", error="invalid_token"' } },
    );
  }

  return async (context, next) => {
    const authorization = context.req.header("Authorization");
    const principal: Principal =
      authorization === undefined
        ? { type: "session", session: (await sessions.find(context)) ?? (await startFor(context)) }
        : await bearer(authorization);
    // Decided here and not by each route: a route that is added later is closed to run tokens.
    if (principal.type === "run-token" && !isOfRun(context.req, principal.runId)) {
      throw new ProblemError("forbidden", "A run token reads and answers its own run, and does nothing else.");
    }
    context.set("principal", principal);
    await next();
  };
}

/** Whether a request reads or answers this run. */
function isOfRun({ method, path }: HonoRequest, runId: string): boolean {
  const run = `/api/runs/${runId}`;
  if (method === "POST") return path.startsWith(`${run}/answers/`);
  return (method === "GET" || method === "HEAD") && path === run;
}
