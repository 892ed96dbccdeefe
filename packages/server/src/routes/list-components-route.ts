import { createRoute, z } from "@hono/zod-openapi";
import type { OpenAPIHono } from "@hono/zod-openapi";
import type { ComponentStore, StoredComponent } from "@onceflow/step-runtime";
import type { AppEnv } from "../app-env.ts";
import { hasScope } from "../auth/has-scope.ts";
import { requireScope } from "../auth/require-scope.ts";
import { credentialProblems } from "../openapi/credential-problems.ts";
import { jsonAnswer } from "../openapi/json-answer.ts";
import { problemAnswers } from "../openapi/problem-answers.ts";
import { securityOf } from "../openapi/security-of.ts";
import type { RouteOptions } from "./route-options.ts";

const listSchema = z
  .object({
    components: z.array(
      z.object({
        id: z.string(),
        name: z.union([z.string(), z.record(z.string(), z.string())]),
        version: z.number().int().openapi({ description: "The newest; without scope author the published one." }),
        publishedVersion: z.number().int().nullable().openapi({ description: "The one that runs." }),
      }),
    ),
  })
  .openapi("ComponentList");

const listComponents = createRoute({
  method: "get",
  path: "/api/components",
  operationId: "listComponents",
  summary: "The components there are; without scope author the published ones",
  tags: ["components"],
  security: securityOf("author", "execute"),
  middleware: requireScope("author", "execute"),
  responses: {
    200: jsonAnswer(listSchema, "The components, by id."),
    ...problemAnswers(...credentialProblems),
  },
});

/** `GET /api/components`. */
export function addListComponentsRoute(app: OpenAPIHono<AppEnv>, { components }: RouteOptions): void {
  app.openapi(listComponents, async (context) => {
    const newest = await components.list();
    const shown = hasScope(context.var.principal, "author") ? newest : await publishedOf(newest, { components });
    const list = shown.map(({ component, version, publishedVersion }) => ({
      id: component.id,
      name: component.name,
      version,
      publishedVersion,
    }));
    return context.json({ components: list.toSorted((left, right) => (left.id < right.id ? -1 : 1)) }, 200);
  });
}

/** The components as they are published: what only its author has seen stays with them, its name too. */
async function publishedOf(
  newest: readonly StoredComponent[],
  { components }: { components: ComponentStore },
): Promise<readonly StoredComponent[]> {
  const published = newest.filter(({ publishedVersion }) => publishedVersion !== null);
  const found = await Promise.all(
    published.map(async (stored) =>
      stored.version === stored.publishedVersion ? stored : components.get(stored.component.id, "published"),
    ),
  );
  return found.filter((stored) => stored !== null);
}
