import { createRoute, z } from "@hono/zod-openapi";
import type { OpenAPIHono } from "@hono/zod-openapi";
import type { RunQuery } from "@onceflow/step-runtime";
import type { AppEnv } from "../app-env.ts";
import { hasScope } from "../auth/has-scope.ts";
import type { Principal } from "../auth/principal.ts";
import { requireScope } from "../auth/require-scope.ts";
import { credentialProblems } from "../openapi/credential-problems.ts";
import { jsonAnswer } from "../openapi/json-answer.ts";
import { problemAnswers } from "../openapi/problem-answers.ts";
import { securityOf } from "../openapi/security-of.ts";
import { ProblemError } from "../problems/problem-error.ts";
import type { RouteOptions } from "./route-options.ts";

const text = z.string().min(1).max(320).optional();
const moment = z.coerce.number().int().min(0).optional();
const status = z.enum(["pending", "running", "suspended", "completed", "failed", "cancelled"]);

const querySchema = z.object({
  component: text,
  dataflow: text,
  client: text,
  user: text.openapi({ description: "The ID." }),
  status: status.optional(),
  from: moment.openapi({ description: "Started then or later, milliseconds since 1970." }),
  to: moment.openapi({ description: "Started earlier." }),
  before: text.openapi({ description: "The `next` of the page before." }),
  limit: z.coerce.number().int().min(1).max(500).default(50),
});

const runListSchema = z
  .object({
    runs: z.array(
      z.object({
        runId: z.string(),
        componentId: z.string(),
        dataflowId: z.string(),
        clientId: z.string(),
        userId: z.string().nullable(),
        status,
        startedAt: z.number().openapi({ description: "Milliseconds since 1970." }),
        endedAt: z.number().nullable(),
      }),
    ),
    next: z
      .string()
      .nullable()
      .openapi({ description: "What `before` takes for the next page; null: this is the last." }),
  })
  .openapi("RunList");

const listRuns = createRoute({
  method: "get",
  path: "/api/runs",
  operationId: "listRuns",
  summary: "The runs there are, newest first; nothing of what they hold",
  description: "All of them with scope operate; those of its client for an API key with scope execute.",
  tags: ["runs"],
  security: [...securityOf("operate"), { apiKey: ["execute"] }],
  middleware: requireScope("operate", "execute"),
  request: { query: querySchema },
  responses: {
    200: jsonAnswer(runListSchema, "The runs."),
    ...problemAnswers(...credentialProblems, "invalid-request"),
  },
});

/** `GET /api/runs`. */
export function addListRunsRoute(app: OpenAPIHono<AppEnv>, { engine }: RouteOptions): void {
  app.openapi(listRuns, async (context) => {
    const { component, dataflow, client, user, status: wanted, from, to, before, limit } = context.req.valid("query");
    const clientId = clientToList(context.var.principal, client);
    const query: RunQuery = {
      // One more tells whether there is a next page.
      limit: limit + 1,
      ...(component === undefined ? {} : { componentId: component }),
      ...(dataflow === undefined ? {} : { dataflowId: dataflow }),
      ...(clientId === undefined ? {} : { clientId }),
      ...(user === undefined ? {} : { userId: user }),
      ...(wanted === undefined ? {} : { status: wanted }),
      ...(from === undefined ? {} : { fromMs: from }),
      ...(to === undefined ? {} : { toMs: to }),
      ...(before === undefined ? {} : { before }),
    };
    const found = await engine.list(query);
    const runs = found.slice(0, limit);
    return context.json({ runs, next: found.length > limit ? (runs.at(-1)?.runId ?? null) : null }, 200);
  });
}

/** Whose runs a caller may list: with scope operate whose it asks for, else those of its own client. */
function clientToList(principal: Principal, wanted: string | undefined): string | undefined {
  if (hasScope(principal, "operate")) return wanted;
  if (principal.type === "api-key" && (wanted ?? principal.clientId) === principal.clientId) return principal.clientId;
  throw new ProblemError("missing-scope", "Runs of others need the scope operate.");
}
