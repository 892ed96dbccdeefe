import { createRoute, z } from "@hono/zod-openapi";
import type { OpenAPIHono } from "@hono/zod-openapi";
import type { AppEnv } from "../app-env.ts";
import { requireScope } from "../auth/require-scope.ts";
import { changeProblems } from "../openapi/credential-problems.ts";
import { problemAnswers } from "../openapi/problem-answers.ts";
import { securityOf } from "../openapi/security-of.ts";
import { ProblemError } from "../problems/problem-error.ts";
import type { RouteOptions } from "./route-options.ts";

const unlock = createRoute({
  method: "post",
  path: "/api/users/{id}/unlock",
  operationId: "unlockUser",
  summary: "Let a user try codes again at once, whatever failed before",
  tags: ["operation"],
  security: securityOf("operate"),
  middleware: requireScope("operate"),
  request: { params: z.object({ id: z.string().min(1).max(320) }) },
  responses: {
    204: { description: "The user may try again; the audit trail has it." },
    ...problemAnswers(...changeProblems, "unknown-user", "invalid-request"),
  },
});

/** `POST /api/users/{id}/unlock`. */
export function addUnlockRoute(app: OpenAPIHono<AppEnv>, { users, codes }: RouteOptions): void {
  app.openapi(unlock, async (context) => {
    const user = await users.find(context.req.valid("param").id);
    if (user === null) throw new ProblemError("unknown-user", "Nobody has this ID or name.");
    await codes.unlock(user.id);
    return context.body(null, 204);
  });
}
