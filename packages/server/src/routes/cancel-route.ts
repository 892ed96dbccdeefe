import { createRoute, z } from "@hono/zod-openapi";
import type { OpenAPIHono } from "@hono/zod-openapi";
import type { AppEnv } from "../app-env.ts";
import { requireScope } from "../auth/require-scope.ts";
import { changeProblems } from "../openapi/credential-problems.ts";
import { jsonAnswer } from "../openapi/json-answer.ts";
import { problemAnswers } from "../openapi/problem-answers.ts";
import { securityOf } from "../openapi/security-of.ts";
import { answerStanding } from "../runs/answer-standing.ts";
import { executionSchema } from "../runs/run-schema.ts";
import { seenRun } from "../runs/seen-run.ts";
import type { RouteOptions } from "./route-options.ts";

const cancel = createRoute({
  method: "post",
  path: "/api/runs/{id}/cancel",
  operationId: "cancelRun",
  summary: "Cancel a run; its codes work no longer",
  description:
    "Answers like execute: a run that was over before stays as it is. An API key of scope operate cancels runs of all clients, and is not told their result.",
  tags: ["runs"],
  security: securityOf("execute", "operate"),
  middleware: requireScope("execute", "operate"),
  request: {
    params: z.object({ id: z.string() }),
    headers: z.object({ "x-csrf-token": z.string().optional(), prefer: z.string().optional() }),
  },
  responses: {
    200: jsonAnswer(executionSchema, "The run is over."),
    202: jsonAnswer(executionSchema, "The run ends after the step that it is in."),
    ...problemAnswers(...changeProblems, "unknown-run"),
  },
});

/** `POST /api/runs/{id}/cancel`. */
export function addCancelRoute(app: OpenAPIHono<AppEnv>, options: RouteOptions): void {
  const { engine } = options;
  app.openapi(cancel, async (context) => {
    const { principal } = context.var;
    const { id: runId } = context.req.valid("param");
    await seenRun(runId, { engine, principal });
    await engine.cancel(runId);
    return answerStanding(context, runId, options);
  });
}
