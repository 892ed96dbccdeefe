import { createRoute, z } from "@hono/zod-openapi";
import type { OpenAPIHono } from "@hono/zod-openapi";
import type { AppEnv } from "../app-env.ts";
import { jsonAnswer } from "../openapi/json-answer.ts";
import { problemAnswers } from "../openapi/problem-answers.ts";
import { ProblemError } from "../problems/problem-error.ts";
import { problemKinds } from "../problems/problem-kinds.ts";

const problemKindSchema = z
  .object({ code: z.string(), title: z.string(), status: z.number().int() })
  .openapi("ProblemKind");

const getProblemKind = createRoute({
  method: "get",
  path: "/problems/{code}",
  operationId: "getProblemKind",
  summary: "What a kind of problem means",
  tags: ["problems"],
  security: [],
  request: { params: z.object({ code: z.string() }) },
  responses: { 200: jsonAnswer(problemKindSchema, "The kind of problem."), ...problemAnswers("unknown-problem") },
});

/** `GET /problems/{code}`: what the `type` of a problem refers to. */
export function addProblemRoute(app: OpenAPIHono<AppEnv>): void {
  app.openapi(getProblemKind, (context) => {
    const wanted = context.req.valid("param").code;
    const found = Object.entries(problemKinds).find(([code]) => code === wanted);
    if (found === undefined) throw new ProblemError("unknown-problem", "No answer of this server has that code.");
    return context.json({ code: found[0], ...found[1] }, 200);
  });
}
