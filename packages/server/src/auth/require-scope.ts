import type { Scope } from "@onceflow/step-runtime";
import type { MiddlewareHandler } from "hono";
import type { AppEnv } from "../app-env.ts";
import { ProblemError } from "../problems/problem-error.ts";
import { hasScope } from "./has-scope.ts";

/** Lets a request through when its sender has one of these scopes. */
export function requireScope(...scopes: readonly Scope[]): MiddlewareHandler<AppEnv> {
  return async (context, next) => {
    if (!scopes.some((scope) => hasScope(context.var.principal, scope))) {
      throw new ProblemError("missing-scope", `This needs the scope ${scopes.join(" or ")}.`);
    }
    await next();
  };
}
