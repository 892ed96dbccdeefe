import { createRoute, z } from "@hono/zod-openapi";
import type { OpenAPIHono } from "@hono/zod-openapi";
import type { AppEnv } from "../app-env.ts";
import { requireScope } from "../auth/require-scope.ts";
import { etagOf } from "../components/etag-of.ts";
import { readExpectedVersion } from "../components/read-expected-version.ts";
import { versionConflict } from "../components/version-conflict.ts";
import { changeProblems } from "../openapi/credential-problems.ts";
import { jsonAnswer } from "../openapi/json-answer.ts";
import { problemAnswers } from "../openapi/problem-answers.ts";
import { securityOf } from "../openapi/security-of.ts";
import { ProblemError } from "../problems/problem-error.ts";
import type { RouteOptions } from "./route-options.ts";

const publishedSchema = z.object({ id: z.string(), publishedVersion: z.number().int() }).openapi("PublishedComponent");

const publish = createRoute({
  method: "post",
  path: "/api/components/{id}/publish",
  operationId: "publishComponent",
  summary: "Make a version of a component the one that runs",
  description: "Runs that started before go on with the version that they started with.",
  tags: ["components"],
  security: securityOf("author"),
  middleware: requireScope("author"),
  request: {
    params: z.object({ id: z.string() }),
    query: z.object({
      version: z.coerce.number().int().min(1).optional().openapi({
        description: "An older one goes back to it. Left out: the newest.",
      }),
    }),
    headers: z.object({
      "x-csrf-token": z.string().optional(),
      "if-match": z.string().optional().openapi({ description: "The ETag of the newest version that was seen." }),
    }),
  },
  responses: {
    200: jsonAnswer(publishedSchema, "It is published."),
    ...problemAnswers(
      ...changeProblems,
      "malformed-header",
      "unknown-component",
      "unknown-version",
      "version-conflict",
      "invalid-request",
    ),
  },
});

/** `POST /api/components/{id}/publish`. */
export function addPublishRoute(app: OpenAPIHono<AppEnv>, { components }: RouteOptions): void {
  app.openapi(publish, async (context) => {
    const { id } = context.req.valid("param");
    const newest = await components.get(id);
    if (newest === null) throw new ProblemError("unknown-component", "GET /api/components lists what there is.");
    const { version = newest.version } = context.req.valid("query");
    const ifMatch = context.req.header("If-Match");
    const expectedVersion = await readExpectedVersion({ ifMatch, ifNoneMatch: undefined }, { id, components });
    const published = await components.publish(id, version, expectedVersion);
    if (published.status === "conflict") throw versionConflict(published.version);
    if (published.status === "unknown") {
      throw new ProblemError("unknown-version", `GET /api/components/${id}/versions lists what there is.`);
    }
    context.header("ETag", etagOf(expectedVersion ?? newest.version));
    return context.json({ id, publishedVersion: version }, 200);
  });
}
