import { OpenAPIHono } from "@hono/zod-openapi";
import type { AppEnv } from "./app-env.ts";
import { requireCsrfToken } from "./auth/require-csrf-token.ts";
import { requireSession } from "./auth/require-session.ts";
import { checkHost } from "./headers/check-host.ts";
import { securityHeaders } from "./headers/security-headers.ts";
import { logRequests } from "./log/log-requests.ts";
import { addOpenApiDocument } from "./openapi/add-open-api-document.ts";
import { answerInvalidRequest } from "./problems/answer-invalid-request.ts";
import { answerProblems } from "./problems/answer-problems.ts";
import { addAnswerRoute } from "./routes/answer-route.ts";
import { addAuditRoute } from "./routes/audit-route.ts";
import { addExecuteRoute } from "./routes/execute-route.ts";
import { addGetComponentRoute } from "./routes/get-component-route.ts";
import { addHealthRoutes } from "./routes/health-routes.ts";
import { addListComponentsRoute } from "./routes/list-components-route.ts";
import { addProblemRoute } from "./routes/problem-route.ts";
import { addPutComponentRoute } from "./routes/put-component-route.ts";
import type { RouteOptions } from "./routes/route-options.ts";
import { addRunEventsRoute } from "./routes/run-events-route.ts";
import { addRunRoute } from "./routes/run-route.ts";
import { addSessionRoute } from "./routes/session-route.ts";
import { addUnlockRoute } from "./routes/unlock-route.ts";
import type { ServerOptions } from "./server-options.ts";

/**
 * The HTTP API over the ports it is handed, as a hono app. A host adds routes and pages of its own to it:
 * they get the same headers, log and problems, and under `/api` the same sessions and CSRF check.
 */
export function createServer(options: ServerOptions): OpenAPIHono<AppEnv> {
  const all: RouteOptions = {
    visitor: null,
    clientAddress: () => null,
    waitLimitMs: 30_000,
    bodyTimeoutMs: 10_000,
    heartbeatMs: 15_000,
    ...options,
  };
  const app = new OpenAPIHono<AppEnv>({ defaultHook: answerInvalidRequest });
  app.use(logRequests(all));
  app.use(securityHeaders({ https: all.origins.every((origin) => origin.startsWith("https:")) }));
  answerProblems(app);
  app.use(checkHost(all.origins));
  app.use("/api/*", requireSession(all), requireCsrfToken(all));

  addSessionRoute(app, all);
  addListComponentsRoute(app, all);
  addGetComponentRoute(app, all);
  addPutComponentRoute(app, all);
  addExecuteRoute(app, all);
  addAnswerRoute(app, all);
  addRunRoute(app, all);
  addRunEventsRoute(app, all);
  addAuditRoute(app, all);
  addUnlockRoute(app, all);
  addHealthRoutes(app, all);
  addProblemRoute(app);
  addOpenApiDocument(app, all);
  return app;
}
