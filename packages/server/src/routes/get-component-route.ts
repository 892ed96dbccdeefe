import { createRoute, z } from "@hono/zod-openapi";
import type { OpenAPIHono } from "@hono/zod-openapi";
import { printComponent } from "@onceflow/step-runtime";
import type { AppEnv } from "../app-env.ts";
import { hasScope } from "../auth/has-scope.ts";
import { requireScope } from "../auth/require-scope.ts";
import { credentialProblems } from "../openapi/credential-problems.ts";
import { problemAnswers } from "../openapi/problem-answers.ts";
import { securityOf } from "../openapi/security-of.ts";
import { ProblemError } from "../problems/problem-error.ts";
import { componentDocumentSchema } from "../components/component-document-schema.ts";
import { componentToRun } from "../components/component-to-run.ts";
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
      version: z
        .union([z.enum(["draft", "published"]), z.coerce.number().int().min(1)])
        .optional()
        .openapi({
          description:
            "`draft`, the newest, with scope author; `published`, without it; or the number of any, with scope author.",
        }),
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
    ...problemAnswers(
      ...credentialProblems,
      "unknown-component",
      "not-published",
      "unknown-version",
      "invalid-request",
    ),
  },
});

/** `GET /api/components/{id}`. */
export function addGetComponentRoute(app: OpenAPIHono<AppEnv>, { components }: RouteOptions): void {
  app.openapi(getComponent, async (context) => {
    const { id } = context.req.valid("param");
    const isAuthor = hasScope(context.var.principal, "author");
    const { version = isAuthor ? "draft" : "published", download } = context.req.valid("query");
    if (version !== "published" && !isAuthor) {
      throw new ProblemError("missing-scope", "Versions other than the published one need the scope author.");
    }
    const stored =
      typeof version === "number"
        ? await components.get(id, version)
        : await componentToRun(id, version, { components });
    if (stored === null) throw new ProblemError("unknown-version", "The component has no such version.");
    const etag = etagOf(stored.version);
    context.header("ETag", etag);
    context.header("Cache-Control", "private, no-cache");
    if (context.req.header("If-None-Match") === etag) return context.body(null, 304);
    if (download !== undefined) {
      // The id is the stored one: lower-case letters, digits and dashes.
      context.header("Content-Disposition", `attachment; filename="${stored.component.id}.component.json"`);
    }
    return context.body(printComponent(stored.component), 200, { "Content-Type": "application/json" });
  });
}
