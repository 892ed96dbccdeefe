import { describe, expect, it } from "vitest";
import { createTestServer } from "../testing/create-test-server.ts";
import type { BearerCalls } from "../testing/call-with.ts";

interface RunList {
  readonly runs: readonly { readonly runId: string; readonly startedAt: number }[];
  readonly next: string | null;
}

const list = async (caller: Pick<BearerCalls, "get">, query = ""): Promise<RunList> => {
  const response = await caller.get(`/api/runs${query}`);
  expect(response.status).toBe(200);
  return (await response.json()) as RunList;
};

/** Runs of two clients, a second apart: one that waits, two that are over. */
async function setUp() {
  const server = await createTestServer();
  const [portal, kiosk] = [await server.program("portal", "execute"), await server.program("kiosk", "execute")];
  const operator = await server.program("portal", "operate");
  const runs: string[] = [];
  for (const [caller, dataflowId, body] of [
    [portal, "ask", {}],
    [kiosk, "answer", { input: { Pin: "4711" }, user: "alice" }],
    [portal, "answer", { input: { Pin: "4711" }, user: "demo" }],
  ] as const) {
    const response = await caller.post(`/api/components/gated/dataflows/${dataflowId}/execute`, body);
    runs.push(((await response.json()) as { runId: string }).runId);
    server.clock.advance(1000);
  }
  const [first = "", second = "", third = ""] = runs;
  return { ...server, portal, kiosk, operator, first, second, third };
}

describe("the list of runs", () => {
  it("has all of them for an operator, newest first, and nothing of what they hold", async () => {
    const { operator, first, second, third } = await setUp();
    const { runs, next } = await list(operator);
    expect(next).toBeNull();
    expect(runs.map(({ runId }) => runId)).toEqual([third, second, first]);
    expect(runs[0]).toEqual({
      runId: third,
      componentId: "gated",
      dataflowId: "answer",
      clientId: "portal",
      userId: "user-demo",
      status: "completed",
      startedAt: expect.any(Number),
      endedAt: expect.any(Number),
    });
    expect(runs[2]).toMatchObject({ status: "suspended", userId: null, endedAt: null });
  });

  it("has those of its client for a key with scope execute, whatever it asks for", async () => {
    const { portal, kiosk, first, second, third } = await setUp();
    expect((await list(portal)).runs.map(({ runId }) => runId)).toEqual([third, first]);
    expect((await list(kiosk, "?client=kiosk")).runs.map(({ runId }) => runId)).toEqual([second]);
    const refused = await kiosk.get("/api/runs?client=portal");
    expect(refused.status).toBe(403);
    expect(await refused.json()).toMatchObject({ code: "missing-scope" });
  });

  it("is closed to sessions without scope operate", async () => {
    const { visit } = await createTestServer();
    const refused = await (await visit()).get("/api/runs");
    expect(refused.status).toBe(403);
    expect(await refused.json()).toMatchObject({ code: "missing-scope" });
  });

  it("keeps to its filters", async () => {
    const { operator, first, second, third } = await setUp();
    const started = (await list(operator)).runs[1]?.startedAt;
    for (const [query, expected] of [
      ["?dataflow=answer", [third, second]],
      ["?component=other", []],
      ["?client=kiosk", [second]],
      ["?user=user-demo", [third]],
      ["?status=suspended", [first]],
      [`?from=${started}`, [third, second]],
      [`?to=${started}`, [first]],
    ] as const) {
      expect((await list(operator, query)).runs.map(({ runId }) => runId)).toEqual(expected);
    }
  });

  it("comes page by page", async () => {
    const { operator, first, second, third } = await setUp();
    const page = await list(operator, "?limit=2");
    expect(page.runs.map(({ runId }) => runId)).toEqual([third, second]);
    expect(page.next).toBe(second);
    expect(await list(operator, `?limit=2&before=${page.next}`)).toMatchObject({
      runs: [{ runId: first }],
      next: null,
    });
    expect(await list(operator, "?before=none")).toEqual({ runs: [], next: null });
  });

  it.each(["?limit=0", "?limit=501", "?status=lost", "?from=yesterday", "?user="])("refuses %s", async (query) => {
    const { program } = await createTestServer();
    const response = await (await program("portal", "operate")).get(`/api/runs${query}`);
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({ code: "invalid-request" });
  });
});

describe("an operator's API key", () => {
  it("shows how a run of others goes, step by step, but nothing of what it holds", async () => {
    const { program, kiosk, first, second } = await setUp();
    const operator = await program("back-office", "operate");
    const run = await operator.get(`/api/runs/${second}`);
    const seen = (await run.json()) as Record<string, unknown>;
    expect(seen).toMatchObject({ runId: second, status: "completed", componentId: "gated" });
    for (const hidden of ["response", "responseStatus", "definitions", "modal", "runToken"]) {
      expect(seen).not.toHaveProperty(hidden);
    }
    const { steps } = (await (await operator.get(`/api/runs/${second}/steps`)).json()) as { steps: unknown[] };
    expect(steps).toEqual(seen["steps"]);
    expect(steps).toMatchObject(["model", "gate", "modal", "reply"].map((stepId) => ({ stepId, status: "done" })));
    expect(JSON.stringify([seen, steps])).not.toContain("4711");
    expect(await (await operator.get(`/api/runs/${second}/events`)).text()).not.toContain("4711");
    const own = (await (await kiosk.get(`/api/runs/${second}/steps`)).json()) as object;
    expect(own).toEqual({ steps });
    expect(await (await operator.get(`/api/runs/${first}`)).text()).not.toContain("oken");
  });

  it("shows runs of others; the session of an operator's browser does not", async () => {
    const { program, visit } = await createTestServer({
      visitor: { clientId: "portal", userId: null, scopes: ["execute", "operate"] },
    });
    const kiosk = await program("kiosk", "execute");
    const started = await kiosk.post("/api/components/gated/dataflows/ask/execute", {});
    const { runId } = (await started.json()) as { runId: string };
    const session = await visit();
    for (const response of [
      ...(await Promise.all(["", "/steps", "/events"].map((part) => session.get(`/api/runs/${runId}${part}`)))),
      await session.post(`/api/runs/${runId}/cancel`, {}),
    ]) {
      expect(response.status).toBe(404);
      expect(await response.json()).toMatchObject({ code: "unknown-run" });
    }
  });

  it("cancels a run of others, and answers none", async () => {
    const { program, portal, first } = await setUp();
    const operator = await program("back-office", "operate", "execute");
    const waiting = (await (await portal.get(`/api/runs/${first}`)).json()) as { modal: { token: string } };
    const answer = await operator.post(`/api/runs/${first}/answers/${waiting.modal.token}`, { answerId: "a-1" });
    expect(answer.status).toBe(404);
    const cancelled = await operator.post(`/api/runs/${first}/cancel`, {});
    expect(await cancelled.json()).toEqual({ runId: first, status: "cancelled" });
    expect(await (await portal.get(`/api/runs/${first}`)).json()).toMatchObject({ status: "cancelled" });
  });
});
