import { createRoute, z } from "@hono/zod-openapi";
import type { OpenAPIHono } from "@hono/zod-openapi";
import { printComponent } from "@onceflow/step-runtime";
import type { AppEnv } from "../app-env.ts";
import { requireScope } from "../auth/require-scope.ts";
import { credentialProblems } from "../openapi/credential-problems.ts";
import { problemAnswers } from "../openapi/problem-answers.ts";
import { securityOf } from "../openapi/security-of.ts";
import { ProblemError } from "../problems/problem-error.ts";
import { componentDocumentSchema } from "../components/component-document-schema.ts";
import { etagOf } from "../components/etag-of.ts";
import type { RouteOptions } from "./route-options.ts";

const getComponent = createRoute({
  method: "get",
  path: "/api/components/{id}",
  operationId: "getComponent",
  summary: "A component's configuration, printed canonically",
  tags: ["components"],
  security: securityOf("author", "execute"),
  middleware: requireScope("author", "execute"),
  request: {
    params: z.object({ id: z.string() }),
    query: z.object({
      download: z.string().optional().openapi({ description: "Present: answered as a file to save." }),
    }),
    headers: z.object({ "if-none-match": z.string().optional() }),
  },
  responses: {
    200: {
      description: "The configuration.",
      headers: z.object({ etag: z.string().openapi({ description: "The version, for If-Match." }) }),
      content: { "application/json": { schema: componentDocumentSchema } },
    },
    304: { description: "It is still the version that was asked about." },
    ...problemAnswers(...credentialProblems, "unknown-component"),
  },
});

/** `GET /api/components/{id}`. */
export function addGetComponentRoute(app: OpenAPIHono<AppEnv>, { components }: RouteOptions): void {
  app.openapi(getComponent, async (context) => {
    const stored = await components.get(context.req.valid("param").id);
    if (stored === null) throw new ProblemError("unknown-component", "GET /api/components lists what there is.");
    const etag = etagOf(stored.version);
    context.header("ETag", etag);
    context.header("Cache-Control", "private, no-cache");
    if (context.req.header("If-None-Match") === etag) return context.body(null, 304);
    if (context.req.valid("query").download !== undefined) {
      // The id is the stored one: lower-case letters, digits and dashes.
      context.header("Content-Disposition", `attachment; filename="${stored.component.id}.component.json"`);
    }
    return context.body(printComponent(stored.component), 200, { "Content-Type": "application/json" });
  });
}
