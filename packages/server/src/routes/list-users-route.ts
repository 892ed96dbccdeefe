import { createRoute, z } from "@hono/zod-openapi";
import type { OpenAPIHono } from "@hono/zod-openapi";
import { maskAddresses } from "@onceflow/step-runtime";
import type { AppEnv } from "../app-env.ts";
import { requireScope } from "../auth/require-scope.ts";
import { credentialProblems } from "../openapi/credential-problems.ts";
import { jsonAnswer } from "../openapi/json-answer.ts";
import { problemAnswers } from "../openapi/problem-answers.ts";
import { securityOf } from "../openapi/security-of.ts";
import type { RouteOptions } from "./route-options.ts";

const usersSchema = z
  .object({
    users: z.array(
      z.object({
        id: z.string(),
        userName: z.string().openapi({ description: "Masked where it is an address; the id tells who it is." }),
        email: z.string().nullable().openapi({ example: "d•••@example.test", description: "Masked." }),
        locale: z.string().nullable(),
        enabled: z.boolean(),
        test: z.boolean().openapi({ description: "On the test list: one of the gates of test mode." }),
      }),
    ),
  })
  .openapi("UserList");

const listUsers = createRoute({
  method: "get",
  path: "/api/users",
  operationId: "listUsers",
  summary: "The users, without an address in full",
  tags: ["operation"],
  security: securityOf("operate"),
  middleware: requireScope("operate"),
  responses: { 200: jsonAnswer(usersSchema, "The users."), ...problemAnswers(...credentialProblems) },
});

/** `GET /api/users`. */
export function addListUsersRoute(app: OpenAPIHono<AppEnv>, { users }: RouteOptions): void {
  app.openapi(listUsers, async (context) => {
    const list = (await users.list()).map(({ id, userName, email, locale, enabled, test }) => ({
      id,
      userName: maskAddresses(userName),
      email: email === null ? null : maskAddresses(email),
      locale,
      enabled,
      test,
    }));
    return context.json({ users: list }, 200);
  });
}
