import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createMemorySessionStore, createSessions } from "@onceflow/server";
import type { AppEnv } from "@onceflow/server";
import { createFixedClock } from "@onceflow/step-runtime/memory";
import { Hono } from "hono";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addPages } from "./add-pages.ts";
import { visitDemo } from "./testing/demo-visitor.ts";
import { createTestDemo, type TestDemo } from "./testing/test-demo.ts";

const visitor = { clientId: "digital-workplace", userId: null, scopes: [] };
let demo: TestDemo;

beforeAll(async () => {
  demo = await createTestDemo();
});
afterAll(() => demo.close());

describe("the demo", () => {
  it("listens on loopback, and ships ForTestCode for download", async () => {
    expect(demo.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const response = await fetch(`${demo.url}/api/components/for-test-code?download`);
    expect(response.headers.get("Content-Disposition")).toBe('attachment; filename="for-test-code.component.json"');
    expect(await response.json()).toMatchObject({ id: "for-test-code" });
  });

  it("lists who one can sign in as", async () => {
    const visitor = await visitDemo(demo);
    expect(await (await visitor.request("/api/demo/choices")).json()).toEqual({
      users: [
        { userName: "demo", enabled: true, hasAddress: true },
        { userName: "alice", enabled: true, hasAddress: true },
        { userName: "disabled", enabled: false, hasAddress: true },
        { userName: "noaddress", enabled: true, hasAddress: false },
      ],
      clients: [
        { id: "digital-workplace", name: "Digital Workplace", test: true },
        { id: "portal", name: "Portal", test: false },
      ],
    });
  });

  it("starts a new session for another user or client", async () => {
    const visitor = await visitDemo(demo);
    const before = await visitor.run("confirm-code");
    const session = await visitor.signIn("alice", "portal");
    expect(session).toMatchObject({ user: { userName: "alice" }, client: { id: "portal" }, testMode: true });
    expect((await visitor.request(`/api/runs/${before.runId}`)).status).toBe(404);
    expect(await visitor.signIn(null)).toMatchObject({ user: null });
  });

  it.each([
    { userName: "nobody-here", clientId: "portal" },
    { userName: null, clientId: "none" },
    { userName: null, clientId: "\0" },
    { userName: "\0", clientId: "portal" },
    { clientId: "portal" },
    [],
    { userName: 1, clientId: 2 },
  ])("refuses to sign in as %o", async (body) => {
    const visitor = await visitDemo(demo);
    const response = await visitor.request("/api/session", { method: "POST", body: JSON.stringify(body) });
    expect(response.status).toBe(422);
  });

  it.each([
    ["/api/components/%00", 404],
    ["/api/components/%00/versions", 404],
    ["/api/components/%ED%A0%80", 404],
    ["/api/components/for-test-code?version=9007199254740991", 404],
    ["/api/runs/%00", 404],
    ["/api/runs?user=%00", 200],
    ["/api/audit?user=%00", 200],
    ["/api/audit?event=%00", 200],
  ])("knows nothing under an id that no database can hold: %s is %i", async (path, status) => {
    const visitor = await visitDemo(demo);
    expect((await visitor.request(path)).status).toBe(status);
  });

  it("signs nobody in for another site or without the CSRF token", async () => {
    const visitor = await visitDemo(demo);
    const body = JSON.stringify({ userName: "alice", clientId: "portal" });
    const headers = { "Content-Type": "application/json" };
    expect((await fetch(`${demo.url}/api/session`, { method: "POST", body, headers })).status).toBe(401);
    expect(
      (await visitor.request("/api/session", { method: "POST", body, headers: { Origin: "http://evil.example" } }))
        .status,
    ).toBe(403);
  });

  it("answers every page, or says how to build it", async () => {
    const visitor = await visitDemo(demo);
    for (const path of ["/", "/run/for-test-code"]) {
      const response = await visitor.request(path);
      const text = await response.text();
      if (response.status === 503) expect(text).toContain("npm run setup");
      else expect(text).toContain('<div id="root">');
    }
    expect(await (await visitor.request("/docs")).text()).toContain("/api/components/{id}/publish");
    expect((await visitor.request("/assets/none.js")).status).toBe(404);
    expect((await visitor.request("/assets/..%2f..%2fpackage.json")).status).toBe(404);
  });

  it.each([
    [
      "an image on another site",
      { "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image" },
      false,
    ],
    [
      "a frame on another port",
      { "Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe" },
      false,
    ],
    [
      "a link on another site",
      { "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document" },
      true,
    ],
    ["the address bar", { "Sec-Fetch-Site": "none", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document" }, true],
    ["a program", {}, true],
  ])("comes with a session, or without one, for %s", async (_title, headers, starts) => {
    const app = new Hono<AppEnv>();
    const sessions = createSessions({ store: createMemorySessionStore(), clock: createFixedClock() });
    // Any folder with the two pages will do: here the sources of what vite builds.
    addPages(app, { dist: new URL("../web/", import.meta.url), sessions, visitor });
    for (const path of ["/", "/run/for-test-code"]) {
      const response = await app.request(path, { headers });
      expect(response.status).toBe(200);
      expect(response.headers.has("Set-Cookie")).toBe(starts);
    }
  });

  it("says which port is in use", async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, "127.0.0.1", resolve));
    const { port } = taken.address() as AddressInfo;
    await expect(createTestDemo({ port })).rejects.toThrow(`Port ${port} is in use`);
    await new Promise((resolve) => taken.close(resolve));
  });

  it("does not start in test mode where others reach it", async () => {
    await expect(createTestDemo({ publicUrl: "https://codes.example.com" })).rejects.toMatchObject({
      code: "test-mode-refused",
    });
    await expect(createTestDemo({ nodeEnv: "production" })).rejects.toMatchObject({ code: "test-mode-refused" });
  });
});
