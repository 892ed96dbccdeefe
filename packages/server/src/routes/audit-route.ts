import { createRoute, z } from "@hono/zod-openapi";
import type { OpenAPIHono } from "@hono/zod-openapi";
import type { AuditEntry, AuditQuery } from "@onceflow/step-runtime";
import type { AppEnv } from "../app-env.ts";
import { requireScope } from "../auth/require-scope.ts";
import { credentialProblems } from "../openapi/credential-problems.ts";
import { jsonAnswer } from "../openapi/json-answer.ts";
import { problemAnswers } from "../openapi/problem-answers.ts";
import { securityOf } from "../openapi/security-of.ts";
import type { RouteOptions } from "./route-options.ts";

const text = z.string().min(1).max(320).optional();
const moment = z.coerce.number().int().min(0).optional();

const querySchema = z.object({
  event: z.string().max(1000).optional().openapi({ description: "Any of these, separated by commas." }),
  user: text,
  client: text,
  run: text,
  challenge: text,
  from: moment.openapi({ description: "Milliseconds since 1970, inclusive." }),
  to: moment.openapi({ description: "Exclusive." }),
  before: moment.openapi({ description: "Only entries before this `seq`: the next page." }),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});

const auditSchema = z
  .object({
    entries: z.array(
      z.object({
        seq: z.number().int(),
        atMs: z.number().int(),
        event: z.string(),
        userId: z.string().nullable(),
        clientId: z.string().nullable(),
        purpose: z.string().nullable(),
        runId: z.string().nullable(),
        stepId: z.string().nullable(),
        challengeId: z.string().nullable(),
        ipClass: z.string().nullable(),
        details: z.record(z.string(), z.unknown()),
      }),
    ),
  })
  .openapi("Audit");

const listAudit = createRoute({
  method: "get",
  path: "/api/audit",
  operationId: "listAudit",
  summary: "The audit trail, newest first; never a code or an address",
  tags: ["operation"],
  security: securityOf("operate"),
  middleware: requireScope("operate"),
  request: { query: querySchema },
  responses: {
    200: jsonAnswer(auditSchema, "The entries."),
    ...problemAnswers(...credentialProblems, "invalid-request"),
  },
});

/** `GET /api/audit`. */
export function addAuditRoute(app: OpenAPIHono<AppEnv>, { audit }: RouteOptions): void {
  app.openapi(listAudit, async (context) => {
    const { event, user, client, run, challenge, from, to, before, limit } = context.req.valid("query");
    const query: AuditQuery = {
      limit,
      events: event?.split(",").filter((name) => name !== "") ?? [],
      ...(user === undefined ? {} : { userId: user }),
      ...(client === undefined ? {} : { clientId: client }),
      ...(run === undefined ? {} : { runId: run }),
      ...(challenge === undefined ? {} : { challengeId: challenge }),
      ...(from === undefined ? {} : { fromMs: from }),
      ...(to === undefined ? {} : { toMs: to }),
      ...(before === undefined ? {} : { before }),
    };
    const entries = await audit.list(query);
    return context.json({ entries: entries.map(toAnswer) }, 200);
  });
}

function toAnswer(entry: AuditEntry): z.output<typeof auditSchema>["entries"][number] {
  return { ...entry, details: { ...entry.details } };
}
