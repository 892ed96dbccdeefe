import { createRoute, z } from "@hono/zod-openapi";
import type { OpenAPIHono } from "@hono/zod-openapi";
import type { AppEnv } from "../app-env.ts";
import { logFailure } from "../log/log-failure.ts";
import { jsonAnswer } from "../openapi/json-answer.ts";
import { problemAnswers } from "../openapi/problem-answers.ts";
import { ProblemError } from "../problems/problem-error.ts";
import type { RouteOptions } from "./route-options.ts";

const healthSchema = z.object({ status: z.literal("ok") }).openapi("Health");

const getHealth = createRoute({
  method: "get",
  path: "/healthz",
  operationId: "getHealth",
  summary: "Whether the process answers",
  tags: ["health"],
  security: [],
  responses: { 200: jsonAnswer(healthSchema, "It does.") },
});

const getReadiness = createRoute({
  method: "get",
  path: "/readyz",
  operationId: "getReadiness",
  summary: "Whether the process can do its work",
  tags: ["health"],
  security: [],
  responses: { 200: jsonAnswer(healthSchema, "It can."), ...problemAnswers("not-ready") },
});

/** `GET /healthz` and `GET /readyz`. */
export function addHealthRoutes(app: OpenAPIHono<AppEnv>, { components }: RouteOptions): void {
  app.openapi(getHealth, (context) => context.json({ status: "ok" as const }, 200));
  app.openapi(getReadiness, async (context) => {
    try {
      // No component has this id: everybody may ask, and as often as they like, so that nothing is read but an index.
      await components.get("");
    } catch (error) {
      logFailure(context.var.log, error);
      throw new ProblemError("not-ready", "The components cannot be read.", { cause: error });
    }
    return context.json({ status: "ok" as const }, 200);
  });
}
