import type { OpenAPIHono } from "@hono/zod-openapi";
import type { AppEnv } from "../app-env.ts";
import { type OpenApiDocument, openApiDocument } from "./open-api-document.ts";

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
  let document: OpenApiDocument | undefined;
  app.get("/openapi.json", (context) => {
    // Made when it is asked for, since a host adds routes after this; once, since everybody may ask and it takes long.
    document ??= openApiDocument(app, { origins });
    return context.json(document);
  });
}
