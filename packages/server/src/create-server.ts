import { BlockList } from "node:net";
import { OpenAPIHono } from "@hono/zod-openapi";
import type { AppEnv } from "./app-env.ts";
import { authenticate } from "./auth/authenticate.ts";
import { forwardedAddress } from "./auth/forwarded-address.ts";
import { limitCalls } from "./auth/limit-calls.ts";
import { requireCsrfToken } from "./auth/require-csrf-token.ts";
import { createRunTokens } from "./auth/run-tokens.ts";
import { sessionOf } from "./auth/session-of.ts";
import { checkHost } from "./headers/check-host.ts";
import { securityHeaders } from "./headers/security-headers.ts";
import { logRequests } from "./log/log-requests.ts";
import { countRequests } from "./metrics/count-requests.ts";
import { addOpenApiDocument } from "./openapi/add-open-api-document.ts";
import { answerInvalidRequest } from "./problems/answer-invalid-request.ts";
import { answerProblems } from "./problems/answer-problems.ts";
import { addReferencePage } from "./reference/add-reference-page.ts";
import { addAnswerRoute } from "./routes/answer-route.ts";
import { addAuditRoute } from "./routes/audit-route.ts";
import { addCancelRoute } from "./routes/cancel-route.ts";
import { addExecuteRoute } from "./routes/execute-route.ts";
import { addGetComponentRoute } from "./routes/get-component-route.ts";
import { addHealthRoutes } from "./routes/health-routes.ts";
import { addJwksRoute } from "./routes/jwks-route.ts";
import { addListClientsRoute } from "./routes/list-clients-route.ts";
import { addListComponentsRoute } from "./routes/list-components-route.ts";
import { addListRunsRoute } from "./routes/list-runs-route.ts";
import { addListStepsRoute } from "./routes/list-steps-route.ts";
import { addListUsersRoute } from "./routes/list-users-route.ts";
import { addListVersionsRoute } from "./routes/list-versions-route.ts";
import { addMetricsRoute } from "./routes/metrics-route.ts";
import { addProblemRoute } from "./routes/problem-route.ts";
import { addPublishRoute } from "./routes/publish-route.ts";
import { addPutComponentRoute } from "./routes/put-component-route.ts";
import type { RouteOptions } from "./routes/route-options.ts";
import { addRunEventsRoute } from "./routes/run-events-route.ts";
import { addRunRoute } from "./routes/run-route.ts";
import { addSessionRoute } from "./routes/session-route.ts";
import { addUnlockRoute } from "./routes/unlock-route.ts";
import type { ServerOptions } from "./server-options.ts";

/**
 * The HTTP API over the ports it is handed, as a hono app. A host adds routes and pages of its own to it:
 * they get the same headers, log and problems, and under `/api` the same sessions and CSRF check. API keys and run tokens
 * open nothing of a host's.
 */
export function createServer(options: ServerOptions): OpenAPIHono<AppEnv> {
  const { clientAddress = () => null, trustedProxies = new BlockList() } = options;
  const all: RouteOptions = {
    visitor: null,
    metrics: null,
    waitLimitMs: 30_000,
    bodyTimeoutMs: 10_000,
    heartbeatMs: 15_000,
    callRates: { network: 6000, apiKey: 12_000 },
    runTokens: createRunTokens(options),
    ...options,
    trustedProxies,
    clientAddress: (context) =>
      forwardedAddress(clientAddress(context), { forwardedFor: context.req.header("X-Forwarded-For"), trustedProxies }),
  };
  const app = new OpenAPIHono<AppEnv>({ defaultHook: answerInvalidRequest });
  const { metrics } = all;
  app.use(logRequests(all));
  if (metrics !== null) app.use(countRequests({ ...all, metrics }));
  app.use(securityHeaders({ https: all.origins.every((origin) => origin.startsWith("https:")) }));
  answerProblems(app);
  app.use(checkHost(all.origins));
  const calls = limitCalls(all.callRates, all);
  app.use("/api/*", calls.ofNetwork, authenticate(all), calls.ofApiKey, requireCsrfToken(all));

  addSessionRoute(app, all);
  addListComponentsRoute(app, all);
  addGetComponentRoute(app, all);
  addPutComponentRoute(app, all);
  addListVersionsRoute(app, all);
  addPublishRoute(app, all);
  addExecuteRoute(app, all);
  addAnswerRoute(app, all);
  addListRunsRoute(app, all);
  addRunRoute(app, all);
  addListStepsRoute(app, all);
  addRunEventsRoute(app, all);
  addCancelRoute(app, all);
  addAuditRoute(app, all);
  addListClientsRoute(app, all);
  addListUsersRoute(app, all);
  addUnlockRoute(app, all);
  addJwksRoute(app, all);
  addHealthRoutes(app, all);
  if (metrics !== null) addMetricsRoute(app, { metrics });
  addProblemRoute(app);
  addOpenApiDocument(app, all);
  addReferencePage(app, all);
  // Whatever a host adds below /api comes after this: keys open what is listed above.
  app.use("/api/*", async (context, next) => {
    sessionOf(context.var.principal);
    await next();
  });
  return app;
}
