import { describe, expect, it } from "vitest";
import { createTestServer } from "../testing/create-test-server.ts";
import { createMemorySessionStore } from "./memory-session-store.ts";
import type { Session } from "./session.ts";
import { createSessions } from "./sessions.ts";

const execute = "/api/components/gated/dataflows/answer/execute";

describe("sessions", () => {
  it("start at the first page load, in a cookie that scripts and other sites do not get", async () => {
    const { app } = await createTestServer();
    const response = await app.request("/api/session");
    expect(response.status).toBe(200);
    const cookie = response.headers.get("Set-Cookie") ?? "";
    expect(cookie).toMatch(/^onceflow_session=[\w-]{43};/);
    expect(cookie).toContain("HttpOnly");
    expect(cookie).toContain("SameSite=Lax");
    expect(cookie).not.toContain("Secure");
    expect(await response.json()).toEqual({
      csrfToken: expect.stringMatching(/^[\w-]{43}$/),
      user: { id: "user-demo", userName: "demo" },
      client: { id: "digital-workplace", name: "Digital Workplace", test: true },
      testMode: false,
      locale: "en",
    });
  });

  it("are marked Secure and bound to the host over https", async () => {
    const { clock } = await createTestServer();
    const sessions = createSessions({ store: createMemorySessionStore(), clock, https: true });
    const { app } = await createTestServer({ sessions, origins: ["https://codes.example.com"] });
    const response = await app.request("https://codes.example.com/api/session");
    expect(response.headers.get("Set-Cookie")).toMatch(/^__Host-onceflow_session=.*; Secure/);
    expect(response.headers.get("Strict-Transport-Security")).toContain("max-age=");
  });

  it("go on with their cookie, and only with theirs", async () => {
    const { visit } = await createTestServer();
    const one = await visit();
    const other = await visit();
    expect(one.cookie).not.toBe(other.cookie);
    const again = await one.get("/api/session");
    expect(again.headers.get("Set-Cookie")).toBeNull();
    expect(await again.json()).toMatchObject({ csrfToken: one.csrfToken });
  });

  it("are over after twelve hours", async () => {
    const { visit, clock } = await createTestServer();
    const visitor = await visit();
    clock.advance(12 * 3_600_000 - 1);
    expect((await visitor.post(execute, {})).status).toBe(200);
    clock.advance(1);
    const response = await visitor.post(execute, {});
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ code: "no-session" });
  });

  it("are stored by the hash of their token, and replaced, not reused, by a new start", async () => {
    const stored = new Map<string, Session>();
    const store = {
      put: async (hash: string, session: Session) => void stored.set(hash, session),
      get: async (hash: string) => stored.get(hash) ?? null,
      delete: async (hash: string) => void stored.delete(hash),
    };
    const { clock } = await createTestServer();
    const sessions = createSessions({ store, clock });
    const { app, visit } = await createTestServer({ sessions });
    app.post("/api/start", async (context) => {
      await sessions.start(context, { clientId: "portal", userId: null, scopes: [] });
      return context.body(null, 204);
    });
    const visitor = await visit();
    const token = visitor.cookie.split("=")[1] ?? "none";
    expect(JSON.stringify([...stored])).not.toContain(token);
    expect((await visitor.post("/api/start", {})).status).toBe(204);
    expect(stored.size).toBe(1);
    expect((await visitor.post(execute, {})).status).toBe(401);
  });

  it("are not started for visitors where there are none", async () => {
    const { app } = await createTestServer({ visitor: null });
    const response = await app.request("/api/components");
    expect(response.status).toBe(401);
    expect(response.headers.get("Set-Cookie")).toBeNull();
  });

  it.each([
    ["cross-site", "no-cors"],
    ["same-site", "cors"],
    ["cross-site", "navigate"],
    ["something-new", "no-cors"],
  ])("are not started for a %s request (%s), and push nobody out", async (site, mode) => {
    const { clock } = await createTestServer();
    const sessions = createSessions({ store: createMemorySessionStore({ maxSessions: 1 }), clock });
    const { app, visit } = await createTestServer({ sessions });
    const visitor = await visit();
    const headers = { "Sec-Fetch-Site": site, "Sec-Fetch-Mode": mode };
    for (const method of ["GET", "HEAD"]) {
      const response = await app.request("/api/session", { method, headers });
      expect(response.status).toBe(401);
      expect(response.headers.get("Set-Cookie")).toBeNull();
    }
    expect(await (await visitor.get("/api/session")).json()).toMatchObject({ csrfToken: visitor.csrfToken });
    // Who has a session keeps it, wherever the link was.
    expect((await visitor.get("/api/components", headers)).status).toBe(200);
  });

  it.each(["same-origin", "none"])("are started for a %s request", async (site) => {
    const { app } = await createTestServer();
    const response = await app.request("/api/session", { headers: { "Sec-Fetch-Site": site } });
    expect(response.headers.get("Set-Cookie")).toContain("onceflow_session=");
  });

  it.each([
    ["fr-CA,fr;q=0.9,en;q=0.8", "fr"],
    ["en;q=0.5, fr;q=0.7", "fr"],
    ["de, en", "en"],
    ["*", "en"],
    ["fr;q=0", "en"],
  ])("speak %s as %s", async (acceptLanguage, locale) => {
    const { app } = await createTestServer();
    const response = await app.request("/api/session", { headers: { "Accept-Language": acceptLanguage } });
    expect(await response.json()).toMatchObject({ locale });
  });

  it("make room: the oldest goes first", async () => {
    const store = createMemorySessionStore({ maxSessions: 2 });
    const session: Session = { id: "s", csrfToken: "c", clientId: "portal", userId: null, scopes: [], expiresAt: 1 };
    for (const hash of ["a", "b", "c"]) await store.put(hash, session);
    expect(await store.get("a")).toBeNull();
    expect(await store.get("c")).toBe(session);
  });
});
