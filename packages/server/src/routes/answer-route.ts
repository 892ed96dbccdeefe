import { createRoute, z } from "@hono/zod-openapi";
import type { OpenAPIHono } from "@hono/zod-openapi";
import type { AnswerReceipt, JsonObject } from "@onceflow/step-runtime";
import type { AppEnv } from "../app-env.ts";
import { checkCallLimit } from "../auth/check-call-limit.ts";
import { networkOf } from "../auth/network-of.ts";
import { requireScope } from "../auth/require-scope.ts";
import { checkJsonText } from "../body/check-json-text.ts";
import { takeJson } from "../body/take-json.ts";
import { changeProblems } from "../openapi/credential-problems.ts";
import { jsonAnswer } from "../openapi/json-answer.ts";
import { problemAnswers } from "../openapi/problem-answers.ts";
import { securityOf } from "../openapi/security-of.ts";
import { ProblemError } from "../problems/problem-error.ts";
import { answerStanding } from "../runs/answer-standing.ts";
import { ownRun } from "../runs/own-run.ts";
import { answerSchema, executionSchema } from "../runs/run-schema.ts";
import type { RouteOptions } from "./route-options.ts";

const maxBytes = 1024 * 1024;

/** `POST /api/runs/{id}/answers/{token}`. */
export function addAnswerRoute(app: OpenAPIHono<AppEnv>, options: RouteOptions): void {
  const { engine, bodyTimeoutMs } = options;

  const answer = createRoute({
    method: "post",
    path: "/api/runs/{id}/answers/{token}",
    operationId: "answer",
    summary: "Answer the modal that a run waits with, with its run token or as its session or client",
    description: "Answers like execute, with the next modal and token. The first answer to a question counts.",
    tags: ["runs"],
    security: [...securityOf("execute"), { runToken: [] }],
    middleware: [
      requireScope("execute"),
      takeJson({ maxBytes, timeoutMs: bodyTimeoutMs, check: checkJsonText }),
    ] as const,
    request: {
      params: z.object({ id: z.string(), token: z.string() }),
      headers: z.object({ "x-csrf-token": z.string().optional(), prefer: z.string().optional() }),
      body: { required: true, content: { "application/json": { schema: answerSchema } } },
    },
    responses: {
      200: jsonAnswer(executionSchema, "The run is over, or it waits for the next answer."),
      202: jsonAnswer(executionSchema, "The run goes on."),
      ...problemAnswers(
        ...changeProblems,
        "malformed-body",
        "too-deep",
        "forbidden-key",
        "unknown-run",
        "unknown-question",
        "body-too-slow",
        "answer-expired",
        "body-too-large",
        "wrong-content-type",
        "invalid-request",
        "caller-in-body",
        "invalid-answer",
      ),
    },
  });

  app.openapi(answer, async (context) => {
    const { id, token } = context.req.valid("param");
    const { outcome, value, answerId } = context.req.valid("json");
    const { principal } = context.var;
    const before = await ownRun(id, { engine, principal });
    const network = networkOf(context, options);
    await checkCallLimit({ clientId: before.caller.clientId, ipClass: network }, options);
    // It came out of JSON.parse: JSON is all it can be.
    const given = { outcome, value: value as JsonObject, answerId, ipClass: network };
    refuse(await engine.answer(before.runId, token, given));
    return answerStanding(context, id, options);
  });
}

/** @throws ProblemError unless the answer was taken, now or before */
function refuse(receipt: AnswerReceipt): void {
  switch (receipt.status) {
    case "accepted":
    case "duplicate":
      return;
    case "expired":
      throw new ProblemError("answer-expired", "Another answer or the end of the time came first. Read the run again.");
    case "unknown":
      throw new ProblemError("unknown-question", "The run asks no question with this token. Read the run again.");
    case "invalid":
      throw new ProblemError("invalid-answer", receipt.message);
  }
}
