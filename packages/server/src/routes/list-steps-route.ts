import { createRoute, z } from "@hono/zod-openapi";
import type { OpenAPIHono } from "@hono/zod-openapi";
import type { AppEnv } from "../app-env.ts";
import { requireScope } from "../auth/require-scope.ts";
import { credentialProblems } from "../openapi/credential-problems.ts";
import { jsonAnswer } from "../openapi/json-answer.ts";
import { problemAnswers } from "../openapi/problem-answers.ts";
import { securityOf } from "../openapi/security-of.ts";
import { inspectionOf } from "../runs/inspection-of.ts";
import { runOf } from "../runs/run-of.ts";
import { runSchema } from "../runs/run-schema.ts";
import { seenRun } from "../runs/seen-run.ts";
import type { RouteOptions } from "./route-options.ts";

const stepsSchema = z.object({ steps: runSchema.shape.steps }).openapi("StepList");

const listSteps = createRoute({
  method: "get",
  path: "/api/runs/{id}/steps",
  operationId: "listRunSteps",
  summary: "The steps of a run in the order of their start, every secret masked",
  description:
    "With an API key of scope operate of the runs of all clients. A session without scope author or operate is not shown what the steps made.",
  tags: ["runs"],
  security: securityOf("execute", "operate"),
  middleware: requireScope("execute", "operate"),
  request: { params: z.object({ id: z.string() }) },
  responses: {
    200: jsonAnswer(stepsSchema, "The steps, once for each activation."),
    ...problemAnswers(...credentialProblems, "unknown-run"),
  },
});

/** `GET /api/runs/{id}/steps`. */
export function addListStepsRoute(app: OpenAPIHono<AppEnv>, { engine }: RouteOptions): void {
  app.openapi(listSteps, async (context) => {
    const { principal } = context.var;
    const { view } = await seenRun(context.req.valid("param").id, { engine, principal });
    return context.json({ steps: runOf(view, { standing: inspectionOf(view), principal }).steps }, 200);
  });
}
