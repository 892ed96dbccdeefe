import type { OpenAPIHono } from "@hono/zod-openapi";
import type { AppEnv } from "../app-env.ts";

/** What `/openapi.json` answers. */
export type OpenApiDocument = ReturnType<OpenAPIHono<AppEnv>["getOpenAPI31Document"]>;

/** OpenAPI 3.1 of the routes that were added so far, made from the schemas that they check with. */
export function openApiDocument(
  app: OpenAPIHono<AppEnv>,
  { origins }: { origins: readonly string[] },
): OpenApiDocument {
  return app.getOpenAPI31Document({
    openapi: "3.1.0",
    info: {
      title: "Onceflow",
      version: "1",
      description: "Runs dataflows that issue and confirm one-time codes. Errors are problem+json (RFC 9457).",
      license: { name: "Apache-2.0" },
    },
    servers: origins.map((url) => ({ url })),
  });
}
