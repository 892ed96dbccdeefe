import { createRoute, z } from "@hono/zod-openapi";
import type { OpenAPIHono } from "@hono/zod-openapi";
import type { AppEnv } from "../app-env.ts";
import { requireScope } from "../auth/require-scope.ts";
import { credentialProblems } from "../openapi/credential-problems.ts";
import { jsonAnswer } from "../openapi/json-answer.ts";
import { problemAnswers } from "../openapi/problem-answers.ts";
import { securityOf } from "../openapi/security-of.ts";
import { ProblemError } from "../problems/problem-error.ts";
import type { RouteOptions } from "./route-options.ts";

const versionsSchema = z
  .object({
    versions: z.array(
      z.object({
        version: z.number().int(),
        storedAt: z.number().int().openapi({ description: "Milliseconds since 1970." }),
        published: z.boolean().openapi({ description: "The one that runs; at most one is." }),
      }),
    ),
  })
  .openapi("ComponentVersionList");

const listVersions = createRoute({
  method: "get",
  path: "/api/components/{id}/versions",
  operationId: "listComponentVersions",
  summary: "A component's versions, newest first",
  description: "`GET /api/components/{id}?version=` reads any of them, `POST …/publish?version=` runs it.",
  tags: ["components"],
  security: securityOf("author"),
  middleware: requireScope("author"),
  request: { params: z.object({ id: z.string() }) },
  responses: {
    200: jsonAnswer(versionsSchema, "The versions."),
    ...problemAnswers(...credentialProblems, "unknown-component"),
  },
});

/** `GET /api/components/{id}/versions`. */
export function addListVersionsRoute(app: OpenAPIHono<AppEnv>, { components }: RouteOptions): void {
  app.openapi(listVersions, async (context) => {
    const versions = await components.versions(context.req.valid("param").id);
    if (versions.length === 0) {
      throw new ProblemError("unknown-component", "GET /api/components lists what there is.");
    }
    return context.json(
      {
        versions: versions.map(({ version, storedAtMs, published }) => ({ version, storedAt: storedAtMs, published })),
      },
      200,
    );
  });
}
