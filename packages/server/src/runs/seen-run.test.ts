import { describe, expect, it } from "vitest";
import type { Execution } from "../runs/run-schema.ts";
import { createTestServer } from "../testing/create-test-server.ts";

describe("a run of an operator's own client", () => {
  it("shows a key of scope operate alone how it goes, but neither what it holds nor the way to answer it", async () => {
    const { program } = await createTestServer();
    const owner = await program("portal", "execute");
    const operator = await program("portal", "operate");
    const ask = async () =>
      (await (
        await owner.post("/api/components/gated/dataflows/ask/execute", { input: { Word: "ode" } })
      ).json()) as Execution;
    const [waiting, ended] = [await ask(), await ask()];
    await owner.post(`/api/runs/${ended.runId}/answers/${ended.modal?.token ?? ""}`, { answerId: "a-1" });
    for (const { runId } of [waiting, ended]) {
      const run = (await (await operator.get(`/api/runs/${runId}`)).json()) as object;
      for (const field of ["runToken", "modal", "definitions", "response"]) expect(run).not.toHaveProperty(field);
    }
    const cancelled = await (await operator.post(`/api/runs/${waiting.runId}/cancel`, {})).json();
    expect(cancelled).toEqual({ runId: waiting.runId, status: "cancelled" });
    expect(await (await owner.get(`/api/runs/${ended.runId}`)).json()).toHaveProperty("response");
  });
});
