import type { OpenAPIHono } from "@hono/zod-openapi";
import type { AppEnv } from "../app-env.ts";
import { openApiDocument } from "../openapi/open-api-document.ts";
import { referencePage } from "./reference-page.ts";

/** `GET /docs`: the OpenAPI document as a page for people. It has no script, so that no policy is in its way. */
export function addReferencePage(app: OpenAPIHono<AppEnv>, { origins }: { origins: readonly string[] }): void {
  let page: ReturnType<typeof referencePage> | undefined;
  app.get("/docs", (context) => {
    // Made when it is asked for, since a host adds routes after this.
    page ??= referencePage(openApiDocument(app, { origins }));
    context.header("Cache-Control", "no-cache");
    return context.html(page);
  });
}
