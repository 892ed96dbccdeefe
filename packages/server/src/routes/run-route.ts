import { createRoute, z } from "@hono/zod-openapi";
import type { OpenAPIHono } from "@hono/zod-openapi";
import type { AppEnv } from "../app-env.ts";
import { jsonAnswer } from "../openapi/json-answer.ts";
import { problemAnswers } from "../openapi/problem-answers.ts";
import { ownRun } from "../runs/own-run.ts";
import { runOf } from "../runs/run-of.ts";
import { runSchema } from "../runs/run-schema.ts";
import type { RouteOptions } from "./route-options.ts";

const getRun = createRoute({
  method: "get",
  path: "/api/runs/{id}",
  operationId: "getRun",
  summary: "How a run of this session stands, its redacted steps and its result",
  tags: ["runs"],
  request: { params: z.object({ id: z.string() }) },
  responses: { 200: jsonAnswer(runSchema, "The run."), ...problemAnswers("no-session", "unknown-run") },
});

/** `GET /api/runs/{id}`. */
export function addRunRoute(app: OpenAPIHono<AppEnv>, { engine }: RouteOptions): void {
  app.openapi(getRun, async (context) => {
    const view = await ownRun(context.req.valid("param").id, { engine, session: context.var.session });
    return context.json(runOf(view), 200);
  });
}
