import { type Scope, scopes } from "@onceflow/step-runtime";
import { describe, expect, it } from "vitest";
import type { Execution } from "../runs/run-schema.ts";
import { type BearerCalls, callWith } from "../testing/call-with.ts";
import { createTestServer } from "../testing/create-test-server.ts";
import { gatedComponent } from "../testing/gated-component.ts";
import { visit } from "../testing/visitor.ts";

/** Every route, and whom it is open to: a scope, a browser's session of any scope, or everybody. */
const table: Readonly<Record<string, readonly Scope[] | "session" | "everybody">> = {
  "get /api/session": "session",
  "get /api/components": ["author", "execute"],
  "get /api/components/{id}": ["author", "execute"],
  "put /api/components/{id}": ["author"],
  "get /api/components/{id}/versions": ["author"],
  "post /api/components/{id}/publish": ["author"],
  "post /api/components/{id}/dataflows/{dataflowId}/execute": ["execute"],
  "post /api/runs/{id}/answers/{token}": ["execute"],
  "get /api/runs": ["operate", "execute"],
  "get /api/runs/{id}": ["execute", "operate"],
  "get /api/runs/{id}/steps": ["execute", "operate"],
  "get /api/runs/{id}/events": ["execute", "operate"],
  "post /api/runs/{id}/cancel": ["execute", "operate"],
  "get /api/audit": ["operate"],
  "get /api/clients": ["operate"],
  "get /api/users": ["operate"],
  "post /api/users/{id}/unlock": ["operate"],
  "get /.well-known/jwks.json": "everybody",
  "get /healthz": "everybody",
  "get /readyz": "everybody",
  "get /problems/{code}": "everybody",
};
const routes = Object.entries(table).map(([route, open]) => ({ route, open }));
const closed = routes.filter(({ open }) => open !== "everybody");
const scoped = closed.flatMap(({ route, open }) => (typeof open === "string" ? [] : [{ route, open }]));
const ofRuns = scoped.filter(({ route }) => route.includes("/api/runs/"));
/** Scopes that open a route to keys, but not to sessions. */
const ofKeysOnly: Readonly<Record<string, readonly Scope[]>> = { "get /api/runs": ["execute"] };
const ownedByToken = ["get /api/runs/{id}", "post /api/runs/{id}/answers/{token}"];

/** A server without visitors, on which a run of `portal` waits. */
async function setUp() {
  const server = await createTestServer({ visitor: null });
  const owner = await server.program("portal", "execute");
  const ask = async () =>
    (await (await owner.post("/api/components/gated/dataflows/ask/execute", {})).json()) as Execution;
  const waiting = await ask();
  return { ...server, waiting, other: await ask() };
}

/** The path of a route, about what there is on the server. */
function pathOf(route: string, { runId, modal }: Execution): string {
  const ids: Readonly<Record<string, string>> = { components: "gated", runs: runId, users: "user-demo" };
  return route
    .slice(route.indexOf("/"))
    .replace(/(\w+)\/\{id\}/, (_all, kind: string) => `${kind}/${ids[kind] ?? ""}`)
    .replace("{dataflowId}", "answer")
    .replace("{token}", modal?.token ?? "");
}

async function call(route: string, path: string, caller: Pick<BearerCalls, "get" | "post" | "put">): Promise<Response> {
  if (route.startsWith("get ")) return caller.get(path);
  if (route.startsWith("put ")) return caller.put(path, gatedComponent);
  return caller.post(path, route.includes("answers") ? { answerId: "a-1" } : {});
}

describe("every route", () => {
  it("is in the OpenAPI document with the scopes that open it", async () => {
    const { app } = await createTestServer();
    const { paths } = (await (await app.request("/openapi.json")).json()) as {
      paths: Record<string, Record<string, { security: Record<string, Scope[]>[]; responses: object }>>;
    };
    const documented = Object.entries(paths).flatMap(([path, item]) =>
      Object.entries(item).map(([method, { security, responses }]) => {
        const ofKeys = security.flatMap(({ apiKey = [] }) => apiKey);
        const ofSessions = security.flatMap(({ session = [] }) => session);
        const closedToSessions = ofKeysOnly[`${method} ${path}`] ?? [];
        expect(ofSessions).toEqual(ofKeys.filter((scope) => !closedToSessions.includes(scope)));
        expect(security.some(({ runToken }) => runToken)).toBe(ownedByToken.includes(`${method} ${path}`));
        if (security.length > 0) expect(Object.keys(responses)).toEqual(expect.arrayContaining(["401", "403"]));
        return [`${method} ${path}`, ofKeys.length > 0 ? ofKeys : security.length > 0 ? "session" : "everybody"];
      }),
    );
    expect(Object.fromEntries(documented)).toEqual(table);
  });

  it.each(closed)("$route answers nobody without credentials, or with a wrong key", async ({ route }) => {
    const { app, waiting } = await setUp();
    const path = pathOf(route, waiting);
    const method = route.slice(0, route.indexOf(" ")).toUpperCase();
    const body = method === "GET" ? {} : { body: "{}", headers: { "Content-Type": "application/json" } };
    expect((await app.request(path, { method, ...body })).status).toBe(401);
    const wrong = callWith(app, `onceflow_0123456789abcdef_${"A".repeat(43)}`);
    expect((await call(route, path, wrong)).status).toBe(401);
  });

  it.each(scoped)("$route opens to a key with one of $open, and to none with all others", async ({ route, open }) => {
    for (const scope of open) {
      const { program, waiting } = await setUp();
      const response = await call(route, pathOf(route, waiting), await program("portal", scope));
      expect(response.status).toBeLessThan(300);
      await response.body?.cancel();
    }
    const { program, waiting } = await setUp();
    const others = scopes.filter((scope) => !open.includes(scope));
    for (const held of [[], others, ...others.map((scope) => [scope])]) {
      const response = await call(route, pathOf(route, waiting), await program("portal", ...held));
      expect(response.status).toBe(403);
      expect(await response.json()).toMatchObject({ code: "missing-scope" });
    }
  });

  it.each(scoped)("$route opens to no session without one of $open", async ({ route, open }) => {
    const others = scopes.filter((scope) => !open.includes(scope) || ofKeysOnly[route]?.includes(scope));
    const { app } = await createTestServer({ visitor: { clientId: "portal", userId: null, scopes: others } });
    const { waiting } = await setUp();
    const response = await call(route, pathOf(route, waiting), await visit(app));
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({ code: "missing-scope" });
  });

  it.each(ofRuns)("$route knows no run of another client without scope operate", async ({ route }) => {
    const { program, waiting } = await setUp();
    const response = await call(route, pathOf(route, waiting), await program("kiosk", "author", "execute"));
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ code: "unknown-run" });
  });

  it.each(closed)("$route is closed to the token of another run", async ({ route }) => {
    const { app, waiting, other } = await setUp();
    const response = await call(route, pathOf(route, waiting), callWith(app, other.runToken ?? ""));
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({ code: "forbidden" });
  });

  it.each(closed)("$route is closed to a run's own token, unless it reads or answers the run", async ({ route }) => {
    const { app, waiting } = await setUp();
    const response = await call(route, pathOf(route, waiting), callWith(app, waiting.runToken ?? ""));
    expect(response.status).toBe(ownedByToken.includes(route) ? 200 : 403);
  });
});
