import { createRoute, z } from "@hono/zod-openapi";
import type { OpenAPIHono } from "@hono/zod-openapi";
import type { AppEnv } from "../app-env.ts";
import { requireScope } from "../auth/require-scope.ts";
import { credentialProblems } from "../openapi/credential-problems.ts";
import { jsonAnswer } from "../openapi/json-answer.ts";
import { problemAnswers } from "../openapi/problem-answers.ts";
import { securityOf } from "../openapi/security-of.ts";
import { executionOf } from "../runs/execution-of.ts";
import { inspectionOf } from "../runs/inspection-of.ts";
import { runOf } from "../runs/run-of.ts";
import { executionSchema, runSchema } from "../runs/run-schema.ts";
import { runTokenOf } from "../runs/run-token-of.ts";
import { seenRun } from "../runs/seen-run.ts";
import type { RouteOptions } from "./route-options.ts";

const getRun = createRoute({
  method: "get",
  path: "/api/runs/{id}",
  operationId: "getRun",
  summary: "How a run stands, its redacted steps and its result",
  description:
    "With an API key of scope operate the runs of all clients too, without their result. A session without scope author or operate is not shown what the steps made.",
  tags: ["runs"],
  security: [...securityOf("execute", "operate"), { runToken: [] }],
  middleware: requireScope("execute", "operate"),
  request: { params: z.object({ id: z.string() }) },
  responses: {
    200: jsonAnswer(z.union([runSchema, executionSchema]), "The run; with a run token without its steps."),
    ...problemAnswers(...credentialProblems, "unknown-run"),
  },
});

/** `GET /api/runs/{id}`. */
export function addRunRoute(app: OpenAPIHono<AppEnv>, { engine, runTokens }: RouteOptions): void {
  app.openapi(getRun, async (context) => {
    const { principal } = context.var;
    const { view, owned } = await seenRun(context.req.valid("param").id, { engine, principal });
    if (!owned) return context.json(runOf(view, { standing: inspectionOf(view), principal }), 200);
    // A token is renewed by an answer only: reading with one does not make it live longer.
    if (principal.type === "run-token") return context.json(executionOf(view), 200);
    const standing = { ...executionOf(view), ...(await runTokenOf(view, { runTokens })) };
    return context.json(runOf(view, { standing, principal }), 200);
  });
}
