import { describe, expect, it } from "vitest";
import type { Execution } from "../runs/run-schema.ts";
import { callWith } from "../testing/call-with.ts";
import { createTestServer } from "../testing/create-test-server.ts";

const execute = "/api/components/gated/dataflows/answer/execute";
const ask = "/api/components/gated/dataflows/ask/execute";

const run = async (answer: Promise<Response>): Promise<Execution> => (await (await answer).json()) as Execution;

describe("an API key", () => {
  it("runs a dataflow as its client and nobody, with neither CSRF token nor own origin, in the run's own session", async () => {
    const { program, callers } = await createTestServer();
    const portal = await program("portal", "execute");
    const foreign = { Origin: "https://elsewhere.example", "Sec-Fetch-Site": "cross-site" };
    const response = await portal.post(execute, { input: { Word: "hello" } }, foreign);
    expect(response.status).toBe(200);
    expect(response.headers.get("Set-Cookie")).toBeNull();
    const { runId } = (await response.json()) as Execution;
    expect(callers).toEqual([{ clientId: "portal", userId: null, sessionId: runId, ipClass: null }]);
  });

  it("debits no network: the address is that of a program, not of one of its users", async () => {
    const { program, visit, callers } = await createTestServer({ clientAddress: () => "203.0.113.7" });
    await (await visit()).post(execute, {});
    await (await program("portal", "execute")).post(execute, {});
    expect(callers.map(({ ipClass }) => ipClass)).toEqual(["203.0.113.7/32", null]);
  });

  it.each(["demo", "user-demo", " DEMO "])("runs it as the user %j", async (user) => {
    const { program, callers } = await createTestServer();
    const portal = await program("portal", "execute");
    expect((await portal.post(execute, { user })).status).toBe(200);
    expect(callers).toMatchObject([{ userId: "user-demo" }]);
  });

  it("is told that there is no such user, without the name, and runs nothing", async () => {
    const { program, callers } = await createTestServer();
    const response = await (await program("portal", "execute")).post(execute, { user: "nobody-482913" });
    expect(response.status).toBe(422);
    const text = await response.text();
    expect(JSON.parse(text)).toMatchObject({ code: "unknown-caller" });
    expect(text).not.toContain("482913");
    expect(callers).toEqual([]);
  });

  it("joins calls in a session of its client, which no other client and no browser meets", async () => {
    const { program, visit, callers } = await createTestServer();
    const [portal, again, kiosk] = [
      await program("portal", "execute"),
      await program("portal", "execute"),
      await program("kiosk", "execute"),
    ];
    const visitor = await visit();
    await visitor.post(execute, {});
    const browser = callers[0]?.sessionId ?? "";
    for (const caller of [portal, again, kiosk]) {
      for (const sessionId of ["s-1", browser]) await caller.post(execute, { sessionId });
    }
    const [, portal1, portal2, again1, again2, kiosk1, kiosk2] = callers.map(({ sessionId }) => sessionId);
    expect([again1, again2]).toEqual([portal1, portal2]);
    expect(new Set([browser, portal1, portal2, kiosk1, kiosk2]).size).toBe(5);
    expect(callers.every(({ sessionId }) => sessionId.length <= 128)).toBe(true);
  });

  it.each([{ sessionId: "" }, { sessionId: "s".repeat(129) }, { sessionId: 7 }, { user: "" }, { user: null }])(
    "is refused %j",
    async (body) => {
      const { program } = await createTestServer();
      const response = await (await program("portal", "execute")).post(execute, body);
      expect(response.status).toBe(422);
      expect(await response.json()).toMatchObject({ code: "invalid-request" });
    },
  );

  it("starts one run for one idempotency key of a client and session, whichever key of the client it is", async () => {
    const { program } = await createTestServer();
    const portal = await program("portal", "execute");
    const again = await program("portal", "execute");
    const kiosk = await program("kiosk", "execute");
    const once = { idempotencyKey: "k-1" };
    const first = await run(portal.post(execute, once));
    expect(await run(again.post(execute, once))).toEqual(first);
    const others = [
      await run(kiosk.post(execute, once)),
      await run(portal.post(execute, { ...once, sessionId: "s-1" })),
      await run(portal.post(execute, { ...once, sessionId: "s-2" })),
      await run(kiosk.post(execute, { ...once, sessionId: "s-1" })),
    ];
    expect(new Set([first, ...others].map(({ runId }) => runId)).size).toBe(5);
    const otherUser = await portal.post(execute, { ...once, user: "demo" });
    expect(otherUser.status).toBe(409);
    expect(await otherUser.json()).toMatchObject({ code: "idempotency-key-reused" });
  });

  it("reads, answers and cancels the runs of its client, and knows no others", async () => {
    const { program } = await createTestServer();
    const [portal, again, kiosk] = [
      await program("portal", "execute"),
      await program("portal", "execute"),
      await program("kiosk", "execute"),
    ];
    const { runId, modal } = await run(portal.post(ask, {}));
    const answers = `/api/runs/${runId}/answers/${modal?.token ?? ""}`;
    const answer = { value: { Word: "ode" }, answerId: "a-1" };
    for (const response of [
      await kiosk.get(`/api/runs/${runId}`),
      await kiosk.get(`/api/runs/${runId}/events`),
      await kiosk.post(answers, answer),
      await kiosk.post(`/api/runs/${runId}/cancel`, {}),
    ]) {
      expect(response.status).toBe(404);
      expect(await response.json()).toMatchObject({ code: "unknown-run" });
    }
    expect(await run(again.get(`/api/runs/${runId}`))).toMatchObject({ status: "suspended" });
    expect(await run(again.post(answers, answer))).toMatchObject({ status: "completed", response: { word: "ode" } });
    const other = await run(portal.post(ask, {}));
    expect(await run(again.post(`/api/runs/${other.runId}/cancel`, {}))).toEqual({
      runId: other.runId,
      status: "cancelled",
      definitions: {},
    });
  });

  it.each([
    ["a wrong key", () => `Bearer onceflow_0123456789abcdef_${"A".repeat(43)}`],
    ["a changed key", (key: string) => `Bearer ${key.slice(0, -3)}AAA`],
    ["a key twice", (key: string) => `Bearer ${key}, Bearer ${key}`],
    ["another scheme", (key: string) => `Basic ${Buffer.from(`x:${key}`).toString("base64")}`],
    ["no scheme", (key: string) => key],
    ["nothing", () => ""],
    ["a made-up run token", () => "Bearer run_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"],
  ])("is refused as %s, beside the cookie of a good session too", async (_title, authorization) => {
    const { app, visit, program } = await createTestServer();
    const { token } = await program("portal", "author", "execute", "operate");
    const visitor = await visit();
    for (const headers of [{}, { Cookie: visitor.cookie, "X-CSRF-Token": visitor.csrfToken }]) {
      for (const [method, path] of [
        ["GET", "/api/components"],
        ["GET", "/api/session"],
        ["POST", execute],
      ] as const) {
        const response = await app.request(path, {
          method,
          headers: { ...headers, Authorization: authorization(token) },
          ...(method === "POST" ? { body: "{}" } : {}),
        });
        expect(response.status).toBe(401);
        expect(response.headers.get("WWW-Authenticate")).toBe('Bearer realm="onceflow", error="invalid_token"');
        expect(response.headers.get("Set-Cookie")).toBeNull();
        expect(await response.json()).toMatchObject({ code: "wrong-credentials" });
      }
    }
  });

  it("opens nothing from the moment that it is revoked", async () => {
    const { program, revoke } = await createTestServer();
    const portal = await program("portal", "execute");
    expect((await portal.get("/api/components")).status).toBe(200);
    await revoke(portal.keyId);
    expect((await portal.get("/api/components")).status).toBe(401);
  });

  it("opens nothing of a host's own routes, nor what is for browsers", async () => {
    const { app, program, visit } = await createTestServer();
    app.post("/api/sign-in", (context) => context.text("signed in"));
    const all = await program("portal", "author", "execute", "operate");
    for (const response of [await all.post("/api/sign-in", {}), await all.get("/api/session")]) {
      expect(response.status).toBe(403);
      expect(await response.json()).toMatchObject({ code: "forbidden" });
    }
    expect((await (await visit()).post("/api/sign-in", {})).status).toBe(200);
  });

  it("is not taken for a host that the server is not served at", async () => {
    const { app, program } = await createTestServer();
    const { token } = await program("portal", "execute");
    const response = await app.request("http://rebound.example/api/components", {
      headers: { Authorization: `Bearer ${token}` },
    });
    expect(response.status).toBe(421);
  });

  it("is in no line of the log, and neither are user, session and run token", async () => {
    const { program, log, app } = await createTestServer();
    const portal = await program("portal", "execute");
    const body = { user: "demo", sessionId: "limerick", idempotencyKey: "sonnet" };
    const { runToken = "none", runId } = await run(portal.post(ask, body));
    await callWith(app, runToken).get(`/api/runs/${runId}`);
    await callWith(app, `${portal.token}A`).get("/api/components");
    for (const carried of [portal.token.slice(26), runToken.slice(4), "limerick", "sonnet", "demo"]) {
      expect(log.join("")).not.toContain(carried);
    }
  });
});
