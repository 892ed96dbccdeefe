import type { Scope } from "@onceflow/step-runtime";
import type { MiddlewareHandler } from "hono";
import type { AppEnv } from "../app-env.ts";
import { ProblemError } from "../problems/problem-error.ts";
import type { Principal } from "./principal.ts";

/** Lets a request through when its sender has one of these scopes. */
export function requireScope(...scopes: readonly Scope[]): MiddlewareHandler<AppEnv> {
  return async (context, next) => {
    const given = scopesOf(context.var.principal);
    if (!scopes.some((scope) => given.includes(scope))) {
      throw new ProblemError("missing-scope", `This needs the scope ${scopes.join(" or ")}.`);
    }
    await next();
  };
}

function scopesOf(principal: Principal): readonly Scope[] {
  switch (principal.type) {
    case "session":
      return principal.session.scopes;
    case "api-key":
      return principal.scopes;
    case "run-token":
      // It comes as far as its own run only, see authenticate().
      return ["execute"];
  }
}
