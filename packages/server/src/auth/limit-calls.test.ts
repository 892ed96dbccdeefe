import { describe, expect, it } from "vitest";
import { callWith } from "../testing/call-with.ts";
import { createTestServer } from "../testing/create-test-server.ts";
import { visit } from "../testing/visitor.ts";

/** A server that takes three calls a minute from a network and two with a key; `from` says where calls come from. */
async function setUp() {
  let address: string | null = "192.0.2.1";
  const server = await createTestServer({ callRates: { network: 3, apiKey: 2 }, clientAddress: () => address });
  return { ...server, from: (next: string | null) => void (address = next) };
}

async function expectRefused(response: Response): Promise<void> {
  expect(response.status).toBe(429);
  expect(await response.json()).toMatchObject({ code: "too-many-requests" });
  expect(Number(response.headers.get("Retry-After"))).toBeGreaterThan(0);
  expect(Number(response.headers.get("Retry-After"))).toBeLessThanOrEqual(60);
}

describe("the rate of calls", () => {
  it("is limited for each network, whoever calls and whatever comes of it", async () => {
    const { app, from } = await setUp();
    const visitor = await visit(app);
    expect((await callWith(app, "onceflow_wrong").get("/api/components")).status).toBe(401);
    expect((await visitor.get("/api/runs/none")).status).toBe(404);
    await expectRefused(await visitor.get("/api/components"));
    await expectRefused(await callWith(app, "onceflow_wrong").get("/api/components"));
    from("192.0.2.2");
    expect((await visitor.get("/api/components")).status).toBe(200);
    from("2001:db8::1");
    for (const expected of [200, 200, 200]) expect((await visitor.get("/api/components")).status).toBe(expected);
    from("2001:db8::2");
    await expectRefused(await visitor.get("/api/components"));
  });

  it("is limited for each API key by itself, wherever it calls from", async () => {
    const { app, program, from } = await setUp();
    const [one, other] = [await program("portal", "author"), await program("portal", "author")];
    expect((await one.get("/api/components")).status).toBe(200);
    from("192.0.2.2");
    expect((await one.get("/api/components")).status).toBe(200);
    await expectRefused(await one.get("/api/components"));
    expect((await other.get("/api/components")).status).toBe(200);
    // None of these counted for the network.
    const visitor = await visit(app);
    for (const expected of [200, 200]) expect((await visitor.get("/api/components")).status).toBe(expected);
    await expectRefused(await visitor.get("/api/components"));
  });

  it("is not limited for health checks, documents and pages, nor where no address is known", async () => {
    const { app, from } = await setUp();
    for (const path of ["/healthz", "/readyz", "/openapi.json", "/docs", "/problems/forbidden"]) {
      for (let call = 0; call < 5; call++) expect((await app.request(path)).status).toBe(200);
    }
    from(null);
    const visitor = await visit(app);
    for (let call = 0; call < 5; call++) expect((await visitor.get("/api/components")).status).toBe(200);
  });
});
