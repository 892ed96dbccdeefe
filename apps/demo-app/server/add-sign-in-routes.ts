import { checkJsonText, describeSession, ProblemError, takeJson } from "@onceflow/server";
import type { AppEnv, Sessions } from "@onceflow/server";
import type { Clients, Users } from "@onceflow/step-runtime";
import type { Hono } from "hono";
import * as z from "zod";
import { demoScopes } from "./demo-scopes.ts";

const signInSchema = z.strictObject({ userName: z.string().max(320).nullable(), clientId: z.string().max(64) });

/**
 * The demo's sign-in: a select of users and one of clients, no password. It exists in this app only, which listens on
 * loopback only; a change of either starts a new session.
 */
export function addSignInRoutes(
  app: Hono<AppEnv>,
  { sessions, users, clients, testMode }: { sessions: Sessions; users: Users; clients: Clients; testMode: boolean },
): void {
  app.get("/api/demo/choices", async (context) =>
    context.json({
      users: (await users.list()).map(({ userName, enabled, email }) => ({
        userName,
        enabled,
        hasAddress: email !== null,
      })),
      clients: (await clients.list()).map(({ id, name, test }) => ({ id, name, test })),
    }),
  );

  app.post("/api/session", takeJson({ maxBytes: 10_000, timeoutMs: 10_000, check: checkJsonText }), async (context) => {
    const wanted = signInSchema.safeParse(JSON.parse(context.var.bodyText));
    const user = wanted.data?.userName == null ? null : await users.find(wanted.data.userName);
    const client = wanted.success ? await clients.get(wanted.data.clientId) : null;
    if (!wanted.success || client === null || (user === null && wanted.data.userName !== null)) {
      throw new ProblemError(
        "invalid-request",
        "Send userName (or null) and clientId as GET /api/demo/choices lists them.",
      );
    }
    const session = await sessions.start(context, {
      clientId: client.id,
      userId: user?.id ?? null,
      scopes: demoScopes,
    });
    return context.json(
      await describeSession(session, {
        users,
        clients,
        testMode,
        acceptLanguage: context.req.header("Accept-Language"),
      }),
      200,
    );
  });
}
