import { describe, expect, it, vi } from "vitest";
import { createTestServer } from "../testing/create-test-server.ts";
import type { Visitor } from "../testing/visitor.ts";

async function start(visitor: Visitor): Promise<string> {
  const response = await visitor.post(
    "/api/components/gated/dataflows/answer/execute",
    { input: { Word: "hi", Pin: "4711" } },
    { Prefer: "wait=0" },
  );
  return ((await response.json()) as { runId: string }).runId;
}

describe("a run", () => {
  it("shows its session how it stands, its steps with secrets masked, and its result", async () => {
    const { visit, gate } = await createTestServer();
    gate.close();
    const visitor = await visit();
    const runId = await start(visitor);
    const running = (await (await visitor.get(`/api/runs/${runId}`)).json()) as Record<string, unknown>;
    expect(running).toMatchObject({
      runId,
      status: "running",
      componentId: "gated",
      dataflowId: "answer",
      endedAt: null,
    });
    expect(running).not.toHaveProperty("definitions");
    gate.open();
    await (await visitor.get(`/api/runs/${runId}/events`)).text();
    const text = await (await visitor.get(`/api/runs/${runId}`)).text();
    const ended = JSON.parse(text) as { steps: { stepId: string }[] };
    expect(ended).toMatchObject({ status: "completed", response: { word: "hi" }, modal: { id: "done" } });
    expect(ended.steps.map(({ stepId }) => stepId)).toEqual(["model", "gate", "modal", "reply"]);
    expect(text).not.toContain("4711");
    expect(text).not.toContain("caller");
  });

  it("is not there for any other session, for none, and for made-up ids", async () => {
    const { app, visit } = await createTestServer();
    const [owner, other] = [await visit(), await visit()];
    const runId = await start(owner);
    expect((await owner.get(`/api/runs/${runId}`)).status).toBe(200);
    for (const path of [`/api/runs/${runId}`, `/api/runs/${runId}/events`, "/api/runs/none", "/api/runs/none/events"]) {
      for (const response of [await other.get(path), await app.request(path)]) {
        expect(response.status).toBe(404);
        expect(await response.json()).toMatchObject({ code: "unknown-run" });
      }
    }
  });
});

describe("the events of a run", () => {
  const eventsIn = (text: string) =>
    [...text.matchAll(/data: (.*)\nid: (\d+)\n\n/g)].map(([, data = "", id]) => ({
      id: Number(id),
      ...(JSON.parse(data) as { type: string }),
    }));

  it("arrive live, in order, numbered from 1, and end with the run", async () => {
    const { visit, gate } = await createTestServer();
    gate.close();
    const visitor = await visit();
    const runId = await start(visitor);
    const response = await visitor.get(`/api/runs/${runId}/events`);
    expect(response.headers.get("Content-Type")).toBe("text/event-stream");
    gate.open();
    const text = await response.text();
    const events = eventsIn(text);
    expect(events.map(({ id }) => id)).toEqual(events.map((_event, index) => index + 1));
    expect(events[0]?.type).toBe("run-started");
    expect(events.at(-1)?.type).toBe("run-completed");
    expect(text).not.toContain("4711");
  });

  it("go on after Last-Event-ID, and 204 says that there are no more", async () => {
    const { visit } = await createTestServer();
    const visitor = await visit();
    const runId = await start(visitor);
    const all = eventsIn(await (await visitor.get(`/api/runs/${runId}/events`)).text());
    const rest = eventsIn(await (await visitor.get(`/api/runs/${runId}/events`, { "Last-Event-ID": "3" })).text());
    expect(rest).toEqual(all.slice(3));
    expect((await visitor.get(`/api/runs/${runId}/events`, { "Last-Event-ID": String(all.length) })).status).toBe(204);
    expect((await visitor.get(`/api/runs/${runId}/events`, { "Last-Event-ID": "x" })).status).toBe(400);
  });

  it("has its result ready once a reader hears of the end", async () => {
    const { visit } = await createTestServer();
    const visitor = await visit();
    const runId = await start(visitor);
    const reader = (await visitor.get(`/api/runs/${runId}/events`)).body?.getReader();
    let text = "";
    while (!text.includes("run-completed")) text += new TextDecoder().decode((await reader?.read())?.value);
    expect(await (await visitor.get(`/api/runs/${runId}`)).json()).toMatchObject({
      status: "completed",
      response: { word: "hi" },
    });
  });

  it("answer HEAD with their headers only, and leave nothing running", async () => {
    const { app, visit, gate } = await createTestServer({ heartbeatMs: 1 });
    gate.close();
    const visitor = await visit();
    const runId = await start(visitor);
    const timers = vi.spyOn(globalThis, "setInterval");
    const head = async (headers = {}): Promise<Response> =>
      app.request(`/api/runs/${runId}/events`, { method: "HEAD", headers: { Cookie: visitor.cookie, ...headers } });
    try {
      const live = await head();
      expect(live.status).toBe(200);
      expect(live.headers.get("Content-Type")).toBe("text/event-stream");
      expect(live.body).toBeNull();
      gate.open();
      const last = eventsIn(await (await visitor.get(`/api/runs/${runId}/events`)).text()).length;
      timers.mockClear();
      expect((await head()).status).toBe(200);
      expect((await head({ "Last-Event-ID": String(last) })).status).toBe(204);
      expect((await head({ "Last-Event-ID": "x" })).status).toBe(400);
      expect((await head({ Cookie: "" })).status).toBe(404);
      expect(timers).not.toHaveBeenCalled();
    } finally {
      timers.mockRestore();
    }
  });

  it("send a heartbeat while nothing happens, and a reader that leaves disturbs nobody", async () => {
    const { visit, gate } = await createTestServer({ heartbeatMs: 1 });
    gate.close();
    const visitor = await visit();
    const runId = await start(visitor);
    const reader = (await visitor.get(`/api/runs/${runId}/events`)).body?.getReader();
    let text = "";
    while (!text.includes(": still here\n\n")) text += new TextDecoder().decode((await reader?.read())?.value);
    await reader?.cancel();
    gate.open();
    expect(eventsIn(await (await visitor.get(`/api/runs/${runId}/events`)).text()).at(-1)?.type).toBe("run-completed");
  });
});

describe("cancelling a run", () => {
  it("ends one that waits, and no answer counts any more", async () => {
    const { visit } = await createTestServer();
    const visitor = await visit();
    const started = await visitor.post("/api/components/gated/dataflows/ask/execute", {});
    const { runId, modal } = (await started.json()) as { runId: string; modal: { token: string } };
    const response = await visitor.post(`/api/runs/${runId}/cancel`, {});
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ runId, status: "cancelled" });
    const late = await visitor.post(`/api/runs/${runId}/answers/${modal.token}`, { answerId: "a-1" });
    expect(late.ok).toBe(false);
    expect(await (await visitor.get(`/api/runs/${runId}`)).json()).toMatchObject({ status: "cancelled" });
  });

  it("ends one that goes on after its step, answering 202 to who does not wait", async () => {
    const { visit, gate } = await createTestServer();
    gate.close();
    const visitor = await visit();
    const runId = await start(visitor);
    const response = await visitor.post(`/api/runs/${runId}/cancel`, {}, { Prefer: "wait=0" });
    expect(response.status).toBe(202);
    gate.open();
    await (await visitor.get(`/api/runs/${runId}/events`)).text();
    expect(await (await visitor.get(`/api/runs/${runId}`)).json()).toMatchObject({ status: "cancelled" });
  });

  it("leaves one that is over as it is, and knows none of others", async () => {
    const { visit } = await createTestServer();
    const [owner, other] = [await visit(), await visit()];
    const runId = await start(owner);
    await (await owner.get(`/api/runs/${runId}/events`)).text();
    expect(await (await owner.post(`/api/runs/${runId}/cancel`, {})).json()).toMatchObject({ status: "completed" });
    expect((await other.post(`/api/runs/${runId}/cancel`, {})).status).toBe(404);
    expect((await owner.post(`/api/runs/${runId}/cancel`, {}, { "X-CSRF-Token": "other" })).status).toBe(403);
  });
});
