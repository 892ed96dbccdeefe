import { createMemoryComponentStore } from "@onceflow/step-runtime/memory";
import { describe, expect, it, vi } from "vitest";
import { problemKinds } from "./problems/problem-kinds.ts";
import { createTestServer } from "./testing/create-test-server.ts";

describe("createServer", () => {
  it("describes its routes by the schemas it checks with", async () => {
    const { app } = await createTestServer();
    const response = await app.request("/openapi.json");
    const document = (await response.json()) as { openapi: string; paths: Record<string, Record<string, unknown>> };
    expect(document.openapi).toBe("3.1.0");
    expect(
      Object.entries(document.paths).map(([path, item]) => `${Object.keys(item).toSorted().join(" ")} ${path}`),
    ).toEqual([
      "get /api/session",
      "get /api/components",
      "get put /api/components/{id}",
      "get /api/components/{id}/versions",
      "post /api/components/{id}/publish",
      "post /api/components/{id}/dataflows/{dataflowId}/execute",
      "post /api/runs/{id}/answers/{token}",
      "get /api/runs",
      "get /api/runs/{id}",
      "get /api/runs/{id}/steps",
      "get /api/runs/{id}/events",
      "post /api/runs/{id}/cancel",
      "get /api/audit",
      "get /api/clients",
      "get /api/users",
      "post /api/users/{id}/unlock",
      "get /.well-known/jwks.json",
      "get /healthz",
      "get /readyz",
      "get /problems/{code}",
    ]);
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)].map(
      ([, name]) => name,
    );
    const { components } = document as unknown as { components: { schemas: object } };
    expect(Object.keys(components.schemas)).toEqual(expect.arrayContaining(references));
  });

  it("answers health checks, and says when it cannot work", async () => {
    const { app } = await createTestServer();
    expect((await app.request("/healthz")).status).toBe(200);
    expect((await app.request("/readyz")).status).toBe(200);
    const unreadable = () => Promise.reject(new Error("the disk is gone"));
    const broken = await createTestServer({
      components: { get: unreadable, list: unreadable, versions: unreadable, put: unreadable, publish: unreadable },
    });
    const response = await broken.app.request("/readyz");
    expect(response.status).toBe(503);
    expect(await response.text()).not.toContain("disk");
  });

  it("costs little where everybody may ask: no component is read for a health check, and the document is made once", async () => {
    const components = createMemoryComponentStore();
    const list = vi.spyOn(components, "list");
    const { app } = await createTestServer({ components });
    const made = vi.spyOn(app, "getOpenAPI31Document");
    const texts = new Set<string>();
    for (let call = 0; call < 3; call += 1) {
      expect((await app.request("/readyz")).status).toBe(200);
      texts.add(await (await app.request("/openapi.json")).text());
      await app.request("/docs");
    }
    expect([texts.size, list.mock.calls.length]).toEqual([1, 0]);
    // The page is made from a document of its own.
    expect(made).toHaveBeenCalledTimes(2);
  });

  it("answers unknown routes and methods with a problem", async () => {
    const { app } = await createTestServer();
    const unknown = await app.request("/nothing/here");
    expect(unknown.status).toBe(404);
    expect(await unknown.json()).toMatchObject({
      code: "unknown-route",
      instance: `urn:uuid:${unknown.headers.get("X-Request-Id")}`,
    });
    const wrong = await app.request("/healthz", { method: "DELETE" });
    expect(wrong.status).toBe(405);
    expect(wrong.headers.get("Allow")).toContain("GET");
    expect(await wrong.json()).toMatchObject({ code: "method-not-allowed" });
  });

  it("explains each kind of problem at its type", async () => {
    const { app } = await createTestServer();
    for (const [code, kind] of Object.entries(problemKinds)) {
      expect(await (await app.request(`/problems/${code}`)).json()).toEqual({ code, ...kind });
    }
    expect((await app.request("/problems/none")).status).toBe(404);
    expect((await app.request("/problems/constructor")).status).toBe(404);
  });

  it("answers a bug with nothing of its insides; the log has where it happened", async () => {
    const unreadable = () => Promise.reject(new Error("password 4711 refused"));
    const { app, log } = await createTestServer({
      components: { get: unreadable, list: unreadable, versions: unreadable, put: unreadable, publish: unreadable },
    });
    const response = await app.request("/api/components");
    expect(response.status).toBe(500);
    const text = await response.text();
    expect(JSON.parse(text)).toMatchObject({ code: "internal-error" });
    expect(text + log.join("")).not.toContain("4711");
    expect(text).not.toContain(".ts");
    expect(log.join("")).toContain("create-server.test.ts");
  });

  it("sends the security headers with every answer", async () => {
    const { app } = await createTestServer();
    for (const path of ["/healthz", "/api/session", "/nothing", "/api/runs/none/events"]) {
      const { headers } = await app.request(path);
      const policy = headers.get("Content-Security-Policy") ?? "";
      expect(policy).toContain(
        "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'",
      );
      expect(policy).not.toContain("'unsafe-eval'");
      expect(headers.get("X-Content-Type-Options")).toBe("nosniff");
      expect(headers.get("Referrer-Policy")).toBe("no-referrer");
    }
    expect((await app.request("/api/session")).headers.get("Cache-Control")).toBe("no-store");
  });

  it("logs id, method, path template, status and time of a request, and nothing that it carried", async () => {
    const { visit, log } = await createTestServer();
    const visitor = await visit();
    await visitor.post(
      "/api/components/gated/dataflows/answer/execute?note=sonnet",
      { input: { Word: "ode", Pin: "4711" } },
      { "User-Agent": "limerick" },
    );
    await visitor.get("/api/runs/haiku");
    await visitor.get("/elegy/here");
    const lines = log.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines[1]).toEqual({
      level: 30,
      time: expect.any(String),
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      method: "POST",
      path: "/api/components/:id/dataflows/:dataflowId/execute",
      status: 200,
      ms: 0,
      msg: "request",
    });
    expect(lines[2]).toMatchObject({ path: "/api/runs/:id", status: 404 });
    expect(lines[3]).toMatchObject({ path: "unmatched", status: 404 });
    for (const carried of [
      "sonnet",
      'ode"',
      "4711",
      "limerick",
      "haiku",
      "elegy",
      visitor.csrfToken,
      visitor.cookie.split("=")[1] ?? "none",
    ]) {
      expect(log.join("")).not.toContain(carried);
    }
  });
});
