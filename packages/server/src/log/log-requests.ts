import type { MiddlewareHandler } from "hono";
import type { Clock, Random } from "@onceflow/step-runtime";
import type { AppEnv } from "../app-env.ts";
import type { Log } from "./log.ts";
import { matchedRoute } from "./matched-route.ts";

/** Gives each request an id and writes one line for it: method, path template, status and time, nothing of its content. */
export function logRequests({
  log,
  clock,
  random,
}: {
  log: Log;
  clock: Clock;
  random: Random;
}): MiddlewareHandler<AppEnv> {
  return async (context, next) => {
    const startedAt = clock.now();
    // Our own id always: one from the outside could forge lines of the log.
    const requestId = random.uuid();
    context.set("requestId", requestId);
    context.set("log", log.child({ requestId }));
    context.header("X-Request-Id", requestId);
    await next();
    context.var.log.info(
      {
        method: context.req.method,
        path: matchedRoute(context),
        status: context.res.status,
        ms: clock.now() - startedAt,
      },
      "request",
    );
  };
}
