import { createRoute, z } from "@hono/zod-openapi";
import type { OpenAPIHono } from "@hono/zod-openapi";
import type { AppEnv } from "../app-env.ts";
import { requireScope } from "../auth/require-scope.ts";
import { takeJson } from "../body/take-json.ts";
import { checkComponent } from "../components/check-component.ts";
import { etagOf } from "../components/etag-of.ts";
import { readExpectedVersion } from "../components/read-expected-version.ts";
import { versionConflict } from "../components/version-conflict.ts";
import { changeProblems } from "../openapi/credential-problems.ts";
import { jsonAnswer } from "../openapi/json-answer.ts";
import { problemAnswers } from "../openapi/problem-answers.ts";
import { securityOf } from "../openapi/security-of.ts";
import { problemIssueSchema } from "../problems/problem-schema.ts";
import type { RouteOptions } from "./route-options.ts";

const maxBytes = 8 * 1024 * 1024;

const storedSchema = z
  .object({
    id: z.string(),
    version: z.number().int(),
    issues: z.array(problemIssueSchema).openapi({ description: "Warnings and hints." }),
  })
  .openapi("StoredComponent");

/** `PUT /api/components/{id}`. */
export function addPutComponentRoute(
  app: OpenAPIHono<AppEnv>,
  { components, steps, bodyTimeoutMs }: RouteOptions,
): void {
  const putComponent = createRoute({
    method: "put",
    path: "/api/components/{id}",
    operationId: "putComponent",
    summary: "Store a component as its newest version",
    description:
      "It runs once it is published. At most 8 MiB. A component with errors is refused with the list of its issues.",
    tags: ["components"],
    security: securityOf("author"),
    middleware: [requireScope("author"), takeJson({ maxBytes, timeoutMs: bodyTimeoutMs })] as const,
    request: {
      params: z.object({ id: z.string() }),
      headers: z.object({
        "x-csrf-token": z.string().optional(),
        "if-match": z.string().optional().openapi({ description: "The ETag of the version that was changed." }),
        "if-none-match": z.string().optional().openapi({ description: "`*`: the component must not exist yet." }),
      }),
      // Referred to, not handed in: parseComponent() reads the body, because it says where each mistake is.
      body: { required: true, content: { "application/json": { schema: { $ref: "#/components/schemas/Component" } } } },
    },
    responses: {
      200: jsonAnswer(storedSchema, "A new version is stored."),
      201: jsonAnswer(storedSchema, "The first version is stored."),
      ...problemAnswers(
        ...changeProblems,
        "malformed-body",
        "malformed-header",
        "body-too-slow",
        "version-conflict",
        "body-too-large",
        "wrong-content-type",
        "invalid-component",
      ),
    },
  });
  app.openapi(putComponent, async (context) => {
    const { id } = context.req.valid("param");
    const expectedVersion = await readExpectedVersion(
      { ifMatch: context.req.header("If-Match"), ifNoneMatch: context.req.header("If-None-Match") },
      { id, components },
    );
    const { component, warnings } = checkComponent(context.var.bodyText, { id, steps });
    const put = await components.put(component, expectedVersion);
    if (put.status === "conflict") throw versionConflict(put.version);
    context.header("ETag", etagOf(put.version));
    const stored = { id, version: put.version, issues: warnings };
    return put.version === 1 ? context.json(stored, 201) : context.json(stored, 200);
  });
}
