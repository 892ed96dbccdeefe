import type { MiddlewareHandler } from "hono";
import type { AppEnv } from "../app-env.ts";
import { ProblemError } from "../problems/problem-error.ts";
import type { Scope } from "./session.ts";

/** Lets a request through when its session has one of these scopes. */
export function requireScope(...scopes: readonly Scope[]): MiddlewareHandler<AppEnv> {
  return async (context, next) => {
    if (!scopes.some((scope) => context.var.session.scopes.includes(scope))) {
      throw new ProblemError("missing-scope", `This needs the scope ${scopes.join(" or ")}.`);
    }
    await next();
  };
}
