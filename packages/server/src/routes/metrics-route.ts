import { createRoute, z } from "@hono/zod-openapi";
import type { OpenAPIHono } from "@hono/zod-openapi";
import type { AppEnv } from "../app-env.ts";
import type { Metrics } from "../metrics/create-metrics.ts";

const getMetrics = createRoute({
  method: "get",
  path: "/metrics",
  operationId: "getMetrics",
  summary: "What the process and its database count, for Prometheus",
  tags: ["health"],
  security: [],
  responses: {
    200: { description: "The metrics.", content: { "text/plain": { schema: z.string() } } },
  },
});

/** `GET /metrics`. */
export function addMetricsRoute(app: OpenAPIHono<AppEnv>, { metrics }: { readonly metrics: Metrics }): void {
  app.openapi(getMetrics, async (context) => {
    const text = await metrics.render();
    return context.text(text, 200, { "Content-Type": metrics.contentType, "Cache-Control": "no-store" });
  });
}
