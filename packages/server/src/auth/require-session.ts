import type { Context, MiddlewareHandler } from "hono";
import type { AppEnv } from "../app-env.ts";
import { ProblemError } from "../problems/problem-error.ts";
import { fromForeignSite } from "./from-foreign-site.ts";
import type { Session, SessionGrant } from "./session.ts";
import type { Sessions } from "./sessions.ts";

/**
 * Loads the session of a request. A visitor without one gets one on the first GET, if the server takes visitors;
 * a change never starts a session, for it would come without a CSRF token anyway. Neither does a page of another site:
 * it comes without the cookie of a session that there is, and could fill the store with new ones.
 */
export function requireSession({
  sessions,
  visitor,
}: {
  sessions: Sessions;
  visitor: SessionGrant | null;
}): MiddlewareHandler<AppEnv> {
  async function startFor(context: Context): Promise<Session> {
    const safe = context.req.method === "GET" || context.req.method === "HEAD";
    if (!safe || visitor === null || fromForeignSite(context)) {
      throw new ProblemError("no-session", "Your session is over or was never started. Load the page again.");
    }
    return sessions.start(context, visitor);
  }
  return async (context, next) => {
    context.set("session", (await sessions.find(context)) ?? (await startFor(context)));
    await next();
  };
}
