import type { OpenAPIHono } from "@hono/zod-openapi";
import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import { methodNotAllowed } from "hono/method-not-allowed";
import type { AppEnv } from "../app-env.ts";
import { logFailure } from "../log/log-failure.ts";
import { ProblemError } from "./problem-error.ts";
import { storeUnavailable } from "./store-unavailable.ts";
import { problemKinds } from "./problem-kinds.ts";

/** Turns everything that goes wrong into problem+json (RFC 9457), without stack traces. */
export function answerProblems(app: OpenAPIHono<AppEnv>): void {
  app.onError((error, context) => problemResponse(context, toProblem(error, context)));
  app.notFound((context) => problemResponse(context, unknownRoute(context)));
  app.use(
    methodNotAllowed({
      app,
      onMethodNotAllowed: (context, methods) =>
        problemResponse(
          context,
          new ProblemError("method-not-allowed", `This route takes ${methods.join(", ")}.`, {
            headers: { Allow: methods.join(", ") },
          }),
        ),
    }),
  );
}

function unknownRoute(context: Context<AppEnv>): ProblemError {
  return new ProblemError(
    "unknown-route",
    `Nothing answers ${context.req.method} at this address. The routes are listed at /openapi.json.`,
  );
}

function toProblem(error: Error, context: Context<AppEnv>): ProblemError {
  if (error instanceof ProblemError) return error;
  // What hono throws by itself is about a request that it cannot read.
  if (error instanceof HTTPException && error.status === 415) {
    return new ProblemError("wrong-content-type", "Send the body as application/json.");
  }
  if (error instanceof HTTPException && error.status < 500) {
    return new ProblemError("malformed-body", "The request cannot be read. Send a JSON body in UTF-8.");
  }
  if ("code" in error && error.code === "store-unavailable") return storeUnavailable(error.message);
  logFailure(context.var.log, error);
  return new ProblemError(
    "internal-error",
    "The server could not answer. The log has this request under the id in instance.",
  );
}

function problemResponse(context: Context<AppEnv>, problem: ProblemError): Response {
  for (const [name, value] of Object.entries(problem.headers)) context.header(name, value);
  const { status, title } = problemKinds[problem.code];
  // RFC 9110, section 11.6.1.
  if (status === 401 && !context.res.headers.has("WWW-Authenticate")) {
    context.header("WWW-Authenticate", 'Bearer realm="onceflow"');
  }
  context.header("Content-Type", "application/problem+json");
  context.header("Cache-Control", "no-store");
  return context.body(
    JSON.stringify({
      type: `/problems/${problem.code}`,
      title,
      status,
      detail: problem.message,
      instance: `urn:uuid:${context.var.requestId}`,
      code: problem.code,
      ...(problem.issues === undefined ? {} : { issues: problem.issues }),
    }),
    status,
  );
}
