import { describe, expect, it } from "vitest";
import type { Engine, RunView } from "../ports/engine.ts";
import { initialRunState, nextRunState } from "../run/run-state.ts";
import { forTestCode } from "./for-test-code.ts";

/** What an engine hands to its contract suite: built-in steps, sample users and clients, test mode. */
export type CreateEngine = () => Promise<Engine>;

const caller = { clientId: "digital-workplace", userId: "user-demo", sessionId: "session-1", ipClass: null };

/** The contract of the Engine port. */
export function describeEngine(name: string, create: CreateEngine): void {
  describe(`Engine: ${name}`, () => {
    const finish = async (engine: Engine, runId: string): Promise<RunView | null> => {
      // Reading the events to their end is how a caller waits.
      for await (const _ of engine.events(runId)) continue;
      return engine.get(runId);
    };
    const start = { runId: "run-1", component: forTestCode, dataflowId: "get-code", input: {}, caller };

    it("runs a dataflow to its response", async () => {
      const engine = await create();
      expect(await engine.start(start)).toEqual({ created: true });
      const view = await finish(engine, "run-1");
      expect(view).toMatchObject({
        state: { status: "completed" },
        result: { status: "completed", responseStatus: 200, modal: { id: "code" } },
      });
      await engine.close();
    });

    it("starts a run once, however often it is asked", async () => {
      const engine = await create();
      await engine.start(start);
      expect(await engine.start(start)).toEqual({ created: false });
      const view = await finish(engine, "run-1");
      expect(view?.state.steps.map(({ activation }) => activation)).toEqual([1, 1, 1, 1, 1, 1, 1]);
      await engine.close();
    });

    it("numbers events from 1 and resumes behind any of them", async () => {
      const engine = await create();
      await engine.start(start);
      await finish(engine, "run-1");
      const all: number[] = [];
      for await (const { seq } of engine.events("run-1")) all.push(seq);
      expect(all).toEqual(all.map((_, index) => index + 1));
      const rest: number[] = [];
      for await (const { seq } of engine.events("run-1", 5)) rest.push(seq);
      expect(rest).toEqual(all.slice(5));
      await engine.close();
    });

    it("has a state that is the replay of its events", async () => {
      const engine = await create();
      await engine.start(start);
      const view = await finish(engine, "run-1");
      let state = initialRunState;
      for await (const { seq: _, ...event } of engine.events("run-1")) state = nextRunState(state, event);
      expect(view?.state).toEqual(state);
      await engine.close();
    });

    it("keeps the digits out of events and state", async () => {
      const engine = await create();
      await engine.start(start);
      const view = await finish(engine, "run-1");
      const code = view?.result?.definitions["ForTestCode"];
      if (typeof code !== "string") throw new Error("The run shows no code.");
      expect(code).toMatch(/^\d{6}$/);
      const events: unknown[] = [];
      for await (const event of engine.events("run-1")) events.push(event);
      expect(JSON.stringify([events, view?.state])).not.toContain(code);
      await engine.close();
    });

    it("fails a run of an unknown dataflow and says so", async () => {
      const engine = await create();
      await engine.start({ ...start, dataflowId: "missing" });
      const view = await finish(engine, "run-1");
      expect(view?.result).toMatchObject({ status: "failed", error: { code: "unknown-dataflow" } });
      await engine.close();
    });

    it("knows nothing of other runs", async () => {
      const engine = await create();
      expect(await engine.get("missing")).toBeNull();
      const events: unknown[] = [];
      for await (const event of engine.events("missing")) events.push(event);
      expect(events).toEqual([]);
      await engine.close();
    });
  });
}
