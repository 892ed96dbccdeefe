import { describe, expect, it } from "vitest";
import type { Execution } from "../runs/run-schema.ts";
import { callWith } from "../testing/call-with.ts";
import { createTestServer } from "../testing/create-test-server.ts";

const execute = (dataflowId: string) => `/api/components/gated/dataflows/${dataflowId}/execute`;

/** A server with a run of `portal` that waits, and whoever holds its token. */
async function suspend(dataflowId = "ask") {
  const server = await createTestServer();
  const portal = await server.program("portal", "execute");
  const start = async () => (await (await portal.post(execute(dataflowId), {})).json()) as Execution;
  const { runId, runToken = "", modal } = await start();
  const path = `/api/runs/${runId}`;
  const answers = `${path}/answers/${modal?.token ?? ""}`;
  return { ...server, portal, start, path, answers, runId, runToken, holder: callWith(server.app, runToken) };
}

describe("a run token", () => {
  it("comes with a run that waits, as text that fits into a URL, and with no other", async () => {
    const { runToken, holder, answers, portal, path, visit } = await suspend();
    expect(runToken).toMatch(/^run_[\w-]{20,512}$/);
    expect(await (await portal.get(path)).json()).toMatchObject({ runToken: expect.stringMatching(/^run_/) });
    const over = await (await holder.post(answers, { value: { Word: "ode" }, answerId: "a-1" })).json();
    expect(over).toMatchObject({ status: "completed", response: { word: "ode" } });
    expect(over).not.toHaveProperty("runToken");
    const visitor = await visit();
    expect(await (await visitor.post(execute("ask"), {})).json()).toHaveProperty("runToken");
    expect(await (await visitor.post(execute("answer"), {})).json()).not.toHaveProperty("runToken");
  });

  it("reads how its run stands, without steps and without another token", async () => {
    const { holder, path, runId } = await suspend();
    const response = await holder.get(path);
    expect(response.status).toBe(200);
    expect(Object.keys((await response.json()) as object).toSorted()).toEqual([
      "definitions",
      "modal",
      "runId",
      "status",
    ]);
    expect((await holder.get(`/api/runs/${runId}/`)).status).toBe(403);
  });

  it("answers its run as the run's caller, who cannot be another", async () => {
    const { holder, answers } = await suspend();
    for (const more of [{ user: "alice" }, { sessionId: "other" }]) {
      const response = await holder.post(answers, { answerId: "a-1", ...more });
      expect(response.status).toBe(422);
      expect(await response.json()).toMatchObject({ code: "caller-in-body" });
    }
    expect((await holder.post(answers, { answerId: "a-1", value: { Word: "ode" } })).status).toBe(200);
  });

  it("opens no other run, and nothing else of its own", async () => {
    const { holder, start, path } = await suspend();
    const other = await start();
    for (const response of [
      await holder.get(`/api/runs/${other.runId}`),
      await holder.post(`/api/runs/${other.runId}/answers/${other.modal?.token ?? ""}`, { answerId: "a-1" }),
      await holder.get(`${path}/events`),
      await holder.post(`${path}/cancel`, {}),
      await holder.post(path, {}),
      await holder.post(execute("answer"), {}),
      await holder.get("/api/session"),
    ]) {
      expect(response.status).toBe(403);
      expect(await response.json()).toMatchObject({ code: "forbidden" });
    }
  });

  it("is over an hour and five minutes after the question, and not renewed by reading", async () => {
    const { holder, path, clock } = await suspend();
    clock.advance(3_900_000 - 1);
    expect((await holder.get(path)).status).toBe(200);
    clock.advance(1);
    const response = await holder.get(path);
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ code: "wrong-credentials" });
  });

  it("outlives a question with a time limit by five minutes: its holder reads how the run ended", async () => {
    const { holder, answers, path, clock } = await suspend("ask-briefly");
    clock.advance(60_000);
    expect((await holder.post(answers, { answerId: "a-1" })).ok).toBe(false);
    expect(await (await holder.get(path)).json()).toMatchObject({ status: "completed", response: { word: null } });
    clock.advance(300_000);
    expect((await holder.get(path)).status).toBe(401);
  });

  it("cannot be changed, cut or made by anybody else", async () => {
    const { app, runToken, path } = await suspend();
    const { runToken: foreign } = await suspend();
    const middle = Math.floor(runToken.length / 2);
    const changed = `${runToken.slice(0, middle)}${runToken[middle] === "A" ? "B" : "A"}${runToken.slice(middle + 1)}`;
    for (const token of [changed, runToken.slice(0, -4), foreign, runToken.slice(4), "run_"]) {
      expect((await callWith(app, token).get(path)).status).toBe(401);
    }
  });
});
