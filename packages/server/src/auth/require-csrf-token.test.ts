import { describe, expect, it } from "vitest";
import { createTestServer } from "../testing/create-test-server.ts";
import { gatedComponent } from "../testing/gated-component.ts";

const execute = "/api/components/gated/dataflows/answer/execute";

describe("the CSRF check", () => {
  it("takes a change with the session's token, with or without an own origin", async () => {
    const { visit } = await createTestServer();
    const visitor = await visit();
    expect((await visitor.post(execute, {})).status).toBe(200);
    expect(
      (await visitor.post(execute, {}, { Origin: "http://localhost", "Sec-Fetch-Site": "same-origin" })).status,
    ).toBe(200);
  });

  it.each([
    ["no token", ""],
    ["another token", "A".repeat(43)],
  ])("refuses every change with %s", async (_title, token) => {
    const { visit } = await createTestServer();
    const visitor = await visit();
    for (const response of [
      await visitor.post(execute, {}, { "X-CSRF-Token": token }),
      await visitor.put("/api/components/gated", gatedComponent, { "X-CSRF-Token": token }),
    ]) {
      expect(response.status).toBe(403);
      expect(await response.json()).toMatchObject({ code: "csrf-refused" });
    }
  });

  it("refuses the token of another session", async () => {
    const { visit } = await createTestServer();
    const [one, other] = [await visit(), await visit()];
    expect((await one.post(execute, {}, { "X-CSRF-Token": other.csrfToken })).status).toBe(403);
  });

  it.each([
    { Origin: "http://evil.example" },
    { Origin: "null" },
    { Origin: "http://localhost:81" },
    { "Sec-Fetch-Site": "cross-site" },
    { "Sec-Fetch-Site": "same-site" },
  ])("refuses a change that comes with %o, the token notwithstanding", async (headers) => {
    const { visit } = await createTestServer();
    const response = await (await visit()).post(execute, {}, headers);
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({ code: "foreign-origin" });
  });

  it("refuses hosts that it is not served at", async () => {
    const { app } = await createTestServer();
    const response = await app.request("http://rebound.example/api/session");
    expect(response.status).toBe(421);
    expect(response.headers.get("Set-Cookie")).toBeNull();
  });

  it("refuses a session that lacks the scope", async () => {
    const { visit } = await createTestServer({ visitor: { clientId: "portal", userId: null, scopes: ["execute"] } });
    const visitor = await visit();
    expect((await visitor.get("/api/components/gated")).status).toBe(200);
    const response = await visitor.put("/api/components/gated", gatedComponent);
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({ code: "missing-scope" });
  });
});
