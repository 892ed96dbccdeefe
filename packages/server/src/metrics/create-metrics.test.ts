import { describe, expect, it } from "vitest";
import { createFixedClock } from "@onceflow/step-runtime/memory";
import { createTestServer } from "../testing/create-test-server.ts";
import { createTestTrail } from "../testing/test-trail.ts";
import { createMetrics } from "./create-metrics.ts";
import { trailFamilies } from "./trail-families.ts";

/** A server with metrics over a trail that the test writes; `read` answers the lines of `/metrics`. */
async function setUp() {
  const clock = createFixedClock();
  const trail = createTestTrail();
  const store = { down: false };
  const metrics = createMetrics({
    audit: trail,
    outbox: {
      async backlog() {
        if (store.down) throw Object.assign(new Error("no database"), { code: "store-unavailable" });
        return { waiting: 3, oldestAgeMs: 1500 };
      },
    },
    clock,
  });
  const { app, visit } = await createTestServer({ metrics });
  const read = async (): Promise<readonly string[]> => {
    clock.advance(1000);
    return (await (await app.request("/metrics")).text()).split("\n").filter((line) => !line.startsWith("#"));
  };
  return { clock, trail, store, metrics, app, visit, read };
}

describe("GET /metrics", () => {
  it("answers in Prometheus' text format, without a session", async () => {
    const { app } = await setUp();
    const response = await app.request("/metrics");
    expect(response.status).toBe(200);
    expect(response.headers.get("Content-Type")).toBe("text/plain; version=0.0.4; charset=utf-8");
    expect(response.headers.get("Set-Cookie")).toBeNull();
    expect(await response.text()).toContain("# TYPE process_cpu_seconds_total counter");
  });

  it("is no route of a server without metrics", async () => {
    const { app } = await createTestServer();
    expect((await app.request("/metrics")).status).toBe(404);
  });

  it("counts requests by the pattern of their route", async () => {
    const { app, visit, read } = await setUp();
    const visitor = await visit();
    await visitor.get("/api/runs/run-4711");
    await visitor.get("/api/runs/run-4712");
    await app.request("/nothing/alice@example.test");
    await app.request("/healthz", { method: "BREW" });
    const lines = await read();
    expect(lines).toContain('onceflow_http_requests_total{method="GET",route="/api/runs/:id",status="404"} 2');
    expect(lines).toContain('onceflow_http_requests_total{method="GET",route="unmatched",status="404"} 1');
    expect(lines).toContain('onceflow_http_request_duration_seconds_count{method="GET",route="/api/runs/:id"} 2');
    expect(lines.some((line) => line.includes('method="other"'))).toBe(true);
  });

  it("counts runs by how they ended", async () => {
    const { metrics, read } = await setUp();
    metrics.runStarted();
    metrics.runStarted();
    metrics.runEnded("failed");
    const lines = await read();
    expect(lines).toContain("onceflow_runs_started_total 2");
    expect(lines).toContain('onceflow_runs_ended_total{status="failed"} 1');
    expect(lines).toContain('onceflow_runs_ended_total{status="completed"} 0');
  });

  it("counts what the trail tells of codes, mails and budgets, and shows how far the mails are behind", async () => {
    const { trail, read } = await setUp();
    expect(await read()).toContain('onceflow_codes_total{event="issued"} 0');
    trail.write("issued", { decoy: true });
    trail.write("issue_suppressed", { reason: "cooldown" });
    trail.write("confirm_failed", { reason: "wrong_code", attemptNumber: 1 });
    trail.write("locked", { attemptNumber: 5 });
    trail.write("superseded", { by: "challenge-2" });
    trail.write("revoked_by_run");
    trail.write("delivery_failed", { reason: "smtp_550" });
    trail.write("budget_exhausted", { scope: "failures" });
    expect(await read()).toEqual(
      expect.arrayContaining([
        'onceflow_codes_total{event="issued"} 1',
        'onceflow_codes_total{event="locked"} 1',
        'onceflow_codes_total{event="superseded"} 1',
        'onceflow_codes_total{event="revoked_by_run"} 1',
        'onceflow_code_issues_suppressed_total{reason="cooldown"} 1',
        'onceflow_code_confirms_failed_total{reason="wrong_code"} 1',
        'onceflow_mails_total{status="failed"} 1',
        'onceflow_budgets_exhausted_total{scope="failures"} 1',
        "onceflow_outbox_waiting 3",
        "onceflow_outbox_oldest_age_seconds 1.5",
        "onceflow_store_reachable 1",
      ]),
    );
  });

  it("takes no label from a user, an address, a client, a run, a challenge or a code", async () => {
    const { trail, app, visit, read } = await setUp();
    await read();
    const visitor = await visit();
    await visitor.get("/api/runs/run-4711?code=123456");
    await app.request("/run/123456", { method: "POST", headers: { Host: "localhost" } });
    for (const event of [
      "issued",
      "confirm_failed",
      "issue_suppressed",
      "delivery_failed",
      "budget_exhausted",
      "new",
    ]) {
      trail.write(event, { reason: "demo@example.test", code: "123456" });
    }
    const allowed = new Set([
      ...trailFamilies.flatMap(({ values }) => [...values.values()]),
      "GET",
      "POST",
      "other",
      "unmatched",
      "completed",
      "failed",
      "cancelled",
      "/metrics",
      "/api/session",
      "/api/runs/:id",
    ]);
    const lines = (await read()).filter((line) => line.startsWith("onceflow_"));
    expect(lines).toContain('onceflow_code_confirms_failed_total{reason="other"} 1');
    const values = lines
      .flatMap((line) => [...line.matchAll(/(\w+)="([^"]*)"/g)])
      .map(([, name, value]) => ({ name, value }));
    expect(
      values.filter(
        ({ name, value = "" }) =>
          !allowed.has(value) && !(name === "le" || (name === "status" && /^\d{3}$/.test(value))),
      ),
    ).toEqual([]);
    expect(lines.join("\n")).not.toMatch(/demo|example|portal|run-|challenge-|192\.0|123456/);
  });

  it("reads the stores once a second at most, however often it is asked", async () => {
    const { trail, app, read } = await setUp();
    await read();
    trail.write("issued");
    expect(await (await app.request("/metrics")).text()).toContain('onceflow_codes_total{event="issued"} 0');
    expect(await read()).toContain('onceflow_codes_total{event="issued"} 1');
  });

  it("goes on with what the process knows while the database is away", async () => {
    const { store, trail, read } = await setUp();
    await read();
    trail.write("issued");
    await read();
    store.down = true;
    const away = await read();
    expect(away).toContain("onceflow_store_reachable 0");
    expect(away).toContain('onceflow_codes_total{event="issued"} 1');
    store.down = false;
    expect(await read()).toContain("onceflow_store_reachable 1");
  });
});
