import { createRoute, z } from "@hono/zod-openapi";
import type { OpenAPIHono } from "@hono/zod-openapi";
import type { JsonObject } from "@onceflow/step-runtime";
import type { AppEnv } from "../app-env.ts";
import { checkCallLimit } from "../auth/check-call-limit.ts";
import { hasScope } from "../auth/has-scope.ts";
import { networkOf } from "../auth/network-of.ts";
import { requireScope } from "../auth/require-scope.ts";
import { checkJsonText } from "../body/check-json-text.ts";
import { takeJson } from "../body/take-json.ts";
import { componentToRun } from "../components/component-to-run.ts";
import { changeProblems } from "../openapi/credential-problems.ts";
import { jsonAnswer } from "../openapi/json-answer.ts";
import { problemAnswers } from "../openapi/problem-answers.ts";
import { securityOf } from "../openapi/security-of.ts";
import { ProblemError } from "../problems/problem-error.ts";
import { answerStanding } from "../runs/answer-standing.ts";
import { callerOf } from "../runs/caller-of.ts";
import { ownRun } from "../runs/own-run.ts";
import { runIdForKey } from "../runs/run-id-for-key.ts";
import { executeSchema, executionSchema } from "../runs/run-schema.ts";
import type { RouteOptions } from "./route-options.ts";

const maxBytes = 1024 * 1024;

/** `POST /api/components/{id}/dataflows/{dataflowId}/execute`. */
export function addExecuteRoute(app: OpenAPIHono<AppEnv>, options: RouteOptions): void {
  const { engine, random, bodyTimeoutMs } = options;

  const execute = createRoute({
    method: "post",
    path: "/api/components/{id}/dataflows/{dataflowId}/execute",
    operationId: "execute",
    summary: "Run a dataflow as the session's user and client, or for an API key as the user that it names",
    description:
      "Waits for the end of the run up to a limit. `Prefer: wait=0` answers at once; follow the run by its events.",
    tags: ["runs"],
    security: securityOf("execute"),
    middleware: [
      requireScope("execute"),
      takeJson({ maxBytes, timeoutMs: bodyTimeoutMs, check: checkJsonText }),
    ] as const,
    request: {
      params: z.object({ id: z.string(), dataflowId: z.string() }),
      query: z.object({
        version: z.enum(["published", "draft"]).default("published").openapi({
          description: "`draft`: the newest version, with scope author too.",
        }),
      }),
      headers: z.object({
        "x-csrf-token": z.string().optional(),
        prefer: z.string().optional().openapi({ example: "wait=0" }),
      }),
      body: { required: true, content: { "application/json": { schema: executeSchema } } },
    },
    responses: {
      200: jsonAnswer(
        executionSchema,
        "The run is over (completed, failed or cancelled), or it waits for an answer (suspended).",
      ),
      202: jsonAnswer(executionSchema, "The run goes on."),
      ...problemAnswers(
        ...changeProblems,
        "malformed-body",
        "too-deep",
        "forbidden-key",
        "unknown-component",
        "unknown-dataflow",
        "body-too-slow",
        "not-published",
        "idempotency-key-reused",
        "idempotency-key-spent",
        "body-too-large",
        "wrong-content-type",
        "invalid-request",
        "caller-in-body",
        "unknown-caller",
      ),
    },
  });

  app.openapi(execute, async (context) => {
    const { id, dataflowId } = context.req.valid("param");
    const { input, user, sessionId, idempotencyKey } = context.req.valid("json");
    const { version } = context.req.valid("query");
    const { principal } = context.var;
    if (version === "draft" && !hasScope(principal, "author")) {
      throw new ProblemError("missing-scope", "A draft runs with the scopes execute and author only.");
    }
    const caller = await callerOf(principal, { user, sessionId }, options);
    const stored = await componentToRun(id, version, options);
    if (!stored.component.dataflows.some((dataflow) => dataflow.id === dataflowId)) {
      throw new ProblemError("unknown-dataflow", `The component "${id}" has no dataflow of that id.`);
    }
    const runId = idempotencyKey === undefined ? random.uuid() : runIdForKey(idempotencyKey, caller);
    const network = networkOf(context, options);
    await checkCallLimit({ clientId: caller.clientId, ipClass: network }, options);
    const { created } = await engine.start({
      runId,
      component: stored.component,
      dataflowId,
      // It came out of JSON.parse: JSON is all it can be.
      input: input as JsonObject,
      caller: { ...caller, sessionId: caller.sessionId ?? runId, ipClass: network },
    });
    // Never run it again: the caller repeats a call that did its work.
    if (!created && (await engine.get(runId)) === null) {
      throw new ProblemError(
        "idempotency-key-spent",
        "This idempotency key was used for a run that is over; use a new key.",
      );
    }
    const started = await ownRun(runId, { engine, principal });
    const same =
      started.componentId === id && started.dataflowId === dataflowId && started.caller.userId === caller.userId;
    if (!created && !same) {
      throw new ProblemError(
        "idempotency-key-reused",
        "The key was used for another dataflow or user in this session. Make a new one.",
      );
    }
    return answerStanding(context, runId, options);
  });
}
