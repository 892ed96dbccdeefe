import { createRoute, z } from "@hono/zod-openapi";
import type { OpenAPIHono } from "@hono/zod-openapi";
import type { AppEnv } from "../app-env.ts";
import { describeSession } from "../auth/describe-session.ts";
import { sessionOf } from "../auth/session-of.ts";
import { credentialProblems } from "../openapi/credential-problems.ts";
import { jsonAnswer } from "../openapi/json-answer.ts";
import { problemAnswers } from "../openapi/problem-answers.ts";
import type { RouteOptions } from "./route-options.ts";

const sessionSchema = z
  .object({
    csrfToken: z.string().openapi({ description: "Sent with each change in the header X-CSRF-Token." }),
    user: z.object({ id: z.string(), userName: z.string() }).nullable(),
    client: z.object({ id: z.string(), name: z.string(), test: z.boolean() }),
    testMode: z.boolean(),
    locale: z.enum(["en", "fr"]),
  })
  .openapi("Session");

const getSession = createRoute({
  method: "get",
  path: "/api/session",
  operationId: "getSession",
  summary: "Who this page acts as, and the token it needs for changes",
  tags: ["session"],
  security: [{ session: [] }],
  responses: {
    200: jsonAnswer(sessionSchema, "The session; a new one where the server takes visitors."),
    ...problemAnswers(...credentialProblems),
  },
});

/** `GET /api/session`. */
export function addSessionRoute(app: OpenAPIHono<AppEnv>, options: RouteOptions): void {
  app.openapi(getSession, async (context) => {
    const description = await describeSession(sessionOf(context.var.principal), {
      ...options,
      acceptLanguage: context.req.header("Accept-Language"),
    });
    return context.json(description, 200);
  });
}
