import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { serveStatic } from "@hono/node-server/serve-static";
import { fromForeignSite } from "@onceflow/server";
import type { AppEnv, SessionGrant, Sessions } from "@onceflow/server";
import type { Context, Hono } from "hono";

/** The pages that vite built: the designer at `/`, the end-user page of each component at `/run/{componentId}`, the operator's at `/audit`. */
export function addPages(
  app: Hono<AppEnv>,
  { dist, sessions, visitor }: { dist: URL; sessions: Sessions; visitor: SessionGrant },
): void {
  async function page(context: Context<AppEnv>, file: string): Promise<Response> {
    const path = new URL(file, dist);
    if (!existsSync(path)) return context.html(notBuilt, 503);
    // The session comes with the page, so that the page's first requests do not each start one.
    const mayStart = !fromForeignSite(context) || opensPage(context);
    if (mayStart && (await sessions.find(context)) === null) await sessions.start(context, visitor);
    context.header("Cache-Control", "no-cache");
    return context.html(await readFile(path, "utf8"));
  }

  app.get("/", (context) => page(context, "designer/index.html"));
  app.get("/run/:componentId", (context) => page(context, "run/index.html"));
  app.get("/audit", (context) => page(context, "audit/index.html"));
  if (!existsSync(dist)) return;
  // Names under assets/ carry a hash of the content: a changed file has another name.
  app.get(
    "/assets/*",
    serveStatic<AppEnv>({
      root: fileURLToPath(dist),
      onFound: (_path, context) => context.header("Cache-Control", "public, max-age=31536000, immutable"),
    }),
  );
}

/** Whether a person sees the page: a link on another site opens it, an image or a frame there does not. */
function opensPage({ req }: Context<AppEnv>): boolean {
  return req.header("Sec-Fetch-Mode") === "navigate" && req.header("Sec-Fetch-Dest") === "document";
}

const notBuilt = `<!doctype html>
<html lang="en">
  <head><meta charset="utf-8" /><title>Onceflow: not built yet</title></head>
  <body>
    <h1>The pages are not built yet</h1>
    <p>Run <code>npm run setup</code> in the root folder of the repository, then start again. The API works already.</p>
  </body>
</html>
`;
