import { createRoute, z } from "@hono/zod-openapi";
import type { OpenAPIHono } from "@hono/zod-openapi";
import type { AppEnv } from "../app-env.ts";
import { requireScope } from "../auth/require-scope.ts";
import { credentialProblems } from "../openapi/credential-problems.ts";
import { jsonAnswer } from "../openapi/json-answer.ts";
import { problemAnswers } from "../openapi/problem-answers.ts";
import { securityOf } from "../openapi/security-of.ts";
import type { RouteOptions } from "./route-options.ts";

const clientsSchema = z
  .object({
    clients: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        test: z.boolean().openapi({ description: "A test client: one of the gates of test mode." }),
      }),
    ),
  })
  .openapi("ClientList");

const listClients = createRoute({
  method: "get",
  path: "/api/clients",
  operationId: "listClients",
  summary: "The registered clients, without their keys",
  tags: ["operation"],
  security: securityOf("operate"),
  middleware: requireScope("operate"),
  responses: { 200: jsonAnswer(clientsSchema, "The clients."), ...problemAnswers(...credentialProblems) },
});

/** `GET /api/clients`. */
export function addListClientsRoute(app: OpenAPIHono<AppEnv>, { clients }: RouteOptions): void {
  app.openapi(listClients, async (context) => {
    const list = await clients.list();
    return context.json({ clients: list.map(({ id, name, test }) => ({ id, name, test })) }, 200);
  });
}
