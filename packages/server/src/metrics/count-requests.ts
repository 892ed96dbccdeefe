import type { Clock } from "@onceflow/step-runtime";
import type { MiddlewareHandler } from "hono";
import type { AppEnv } from "../app-env.ts";
import { matchedRoute } from "../log/matched-route.ts";
import type { Metrics } from "./create-metrics.ts";

/** Counts each answer by method, route pattern and status, and takes its time. */
export function countRequests({
  metrics,
  clock,
}: {
  metrics: Pick<Metrics, "requestEnded">;
  clock: Clock;
}): MiddlewareHandler<AppEnv> {
  return async (context, next) => {
    const startedAt = clock.now();
    await next();
    metrics.requestEnded({
      method: context.req.method,
      route: matchedRoute(context),
      status: context.res.status,
      seconds: (clock.now() - startedAt) / 1000,
    });
  };
}
