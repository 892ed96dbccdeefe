import type { OpenAPIHono } from "@hono/zod-openapi";
import type { AppEnv } from "../app-env.ts";
import { openApiDocument } from "./open-api-document.ts";

/** `GET /openapi.json`: OpenAPI 3.1, made from the schemas that the routes check with. */
export function addOpenApiDocument(app: OpenAPIHono<AppEnv>, { origins }: { origins: readonly string[] }): void {
  app.openAPIRegistry.registerComponent("securitySchemes", "session", {
    type: "apiKey",
    in: "cookie",
    name: "onceflow_session",
    description: "A session cookie; changes also need the header X-CSRF-Token from GET /api/session.",
  });
  app.openAPIRegistry.registerComponent("securitySchemes", "apiKey", {
    type: "http",
    scheme: "bearer",
    description: "The API key of a client with the scope that is listed. `onceflow client add` makes one.",
  });
  app.openAPIRegistry.registerComponent("securitySchemes", "runToken", {
    type: "http",
    scheme: "bearer",
    description: "The runToken of a run that waits: for an end user. It opens its own run only.",
  });
  app.get("/openapi.json", (context) => context.json(openApiDocument(app, { origins })));
}
