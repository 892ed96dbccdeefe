import type { MiddlewareHandler } from "hono";
import type { AppEnv } from "../app-env.ts";
import { ProblemError } from "../problems/problem-error.ts";

/** Answers only for the hosts it is served at: a foreign name that resolves to this machine (DNS rebinding) gets nothing. */
export function checkHost(origins: readonly string[]): MiddlewareHandler<AppEnv> {
  const hosts = new Set(origins.map((origin) => new URL(origin).host));
  return async (context, next) => {
    const host = context.req.header("Host") ?? new URL(context.req.url).host;
    if (!hosts.has(host.toLowerCase())) {
      throw new ProblemError("wrong-host", `Open the server at ${origins.join(" or ")}.`);
    }
    await next();
  };
}
