import type { MiddlewareHandler } from "hono";
import type { AppEnv } from "../app-env.ts";
import { ProblemError } from "../problems/problem-error.ts";
import { equalInConstantTime } from "./equal-in-constant-time.ts";
import { fromForeignSite } from "./from-foreign-site.ts";

const safeMethods = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Lets a session's change through only from the server's own pages: by origin, and by the session's token in
 * `X-CSRF-Token`. A browser sends nobody's API key or run token by itself, so these need neither.
 */
export function requireCsrfToken({ origins }: { origins: readonly string[] }): MiddlewareHandler<AppEnv> {
  const own = new Set(origins.map((origin) => new URL(origin).origin));
  return async (context, next) => {
    const { principal } = context.var;
    if (principal.type === "session" && !safeMethods.has(context.req.method)) {
      const origin = context.req.header("Origin");
      // Browsers send one of the two with every change; programs that send neither still need the token.
      if ((origin !== undefined && !own.has(origin)) || fromForeignSite(context)) {
        throw new ProblemError("foreign-origin", "Changes are taken from the server's own pages only.");
      }
      const token = context.req.header("X-CSRF-Token") ?? "";
      if (!equalInConstantTime(token, principal.session.csrfToken)) {
        throw new ProblemError("csrf-refused", "Send the csrfToken of GET /api/session in the header X-CSRF-Token.");
      }
    }
    await next();
  };
}
