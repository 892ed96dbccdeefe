import { describe, expect, it } from "vitest";
import type { Engine, RunQuery, RunQuestion, RunSummary, RunView } from "../ports/engine.ts";
import type { ProofPublicKey } from "../ports/proof-signer.ts";
import { initialRunState, nextRunState } from "../run/run-state.ts";
import { forTestCode } from "./for-test-code.ts";
import { forksAndCalls } from "./forks-and-calls.ts";
import { mailedCode } from "./mailed-code.ts";
import { provenCode } from "./proven-code.ts";
import { verifyProof } from "./verify-proof.ts";

/** What an engine hands to its contract suite: built-in steps, sample users and clients, test mode. */
export type CreateEngine = () => Promise<TestedEngine>;

/** An engine with a clock of its own. */
export interface TestedEngine extends Engine {
  /** Moves the engine's clock, and lets the waits end that are due then. */
  advance(ms: number): void | Promise<void>;
  /** What its proofs are verified with. */
  proofKeys(): Promise<readonly ProofPublicKey[]>;
}

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
      for await (const _ of engine.events("run-1", 2 ** 31)) expect.unreachable();
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

    describe("a run that asks", () => {
      const ask = async (engine: Engine): Promise<RunQuestion> => {
        const nobody = { ...caller, userId: null };
        const input = { UserName: "demo" };
        await engine.start({ runId: "run-1", component: mailedCode, dataflowId: "sign-in", input, caller: nobody });
        return nextQuestion(engine);
      };
      const nextQuestion = async (engine: Engine, before?: RunQuestion): Promise<RunQuestion> => {
        for await (const { type } of engine.events("run-1")) {
          const question = (await engine.get("run-1"))?.question;
          if (type === "run-suspended" && question && question.token !== before?.token) return question;
        }
        throw new Error("The run asks nothing.");
      };
      const code = (Code: unknown, answerId = "a-1") => ({ value: { Code } as never, answerId, ipClass: null });

      it("waits, takes an answer, and asks again after a wrong code; what was typed is nowhere", async () => {
        const engine = await create();
        const first = await ask(engine);
        expect(first).toMatchObject({ stepId: "ask", modal: { id: "enter" }, fields: ["Code"] });
        expect(await engine.get("run-1")).toMatchObject({ state: { status: "suspended" }, result: null });
        expect(await engine.answer("run-1", first.token, code("707070"))).toEqual({ status: "accepted" });
        const second = await nextQuestion(engine, first);
        expect(second.modal.rejected).toBe(true);
        expect(second.definitions).toEqual({ UserName: "demo", Code: "••••••" });
        await engine.answer("run-1", second.token, { outcome: "dismissed", answerId: "a-2", ipClass: null });
        const view = await finish(engine, "run-1");
        expect(view).toMatchObject({ question: null, result: { status: "completed", response: { confirmed: false } } });
        const events: unknown[] = [];
        for await (const event of engine.events("run-1")) events.push(event);
        for (const text of ["707070", first.token, "demo@example.test"]) {
          expect(JSON.stringify([events, view?.state, second])).not.toContain(text);
        }
        await engine.close();
      });

      it("takes one of many answers at once, and tells the others", async () => {
        const engine = await create();
        const { token } = await ask(engine);
        const ids = ["a", "b", "c", "a"];
        const receipts = await Promise.all(ids.map((id) => engine.answer("run-1", token, code("000000", id))));
        // Which one comes first is up to the engine.
        const winner = receipts.findIndex(({ status }) => status === "accepted");
        expect(receipts.map(({ status }) => status)).toEqual(
          ids.map((id, index) => (index === winner ? "accepted" : id === ids[winner] ? "duplicate" : "expired")),
        );
        await engine.close();
      });

      it.each([
        ["a value of another type", { Code: 123456 }],
        ["a definition that was not asked for", { Code: "000000", UserName: "alice" }],
        ["a value for nothing", { Other: "000000" }],
      ])("refuses %s and stays open", async (_title, value) => {
        const engine = await create();
        const { token } = await ask(engine);
        const receipt = await engine.answer("run-1", token, { value, answerId: "a-1", ipClass: null });
        expect(receipt).toMatchObject({ status: "invalid" });
        expect(JSON.stringify(receipt)).not.toMatch(/123456|000000/);
        expect(await engine.answer("run-1", token, code("000000"))).toEqual({ status: "accepted" });
        await engine.close();
      });

      it("knows no other token and no other run", async () => {
        const engine = await create();
        const { token } = await ask(engine);
        expect(await engine.answer("run-1", "other", code("000000"))).toEqual({ status: "unknown" });
        expect(await engine.answer("run-2", token, code("000000"))).toEqual({ status: "unknown" });
        await engine.close();
      });

      it("can be cancelled while it waits; an answer then comes too late", async () => {
        const engine = await create();
        const { token } = await ask(engine);
        await engine.cancel("run-1");
        expect((await finish(engine, "run-1"))?.result?.status).toBe("cancelled");
        expect(await engine.answer("run-1", token, code("000000"))).toEqual({ status: "expired" });
        expect(await engine.answer("run-1", "other", code("000000"))).toEqual({ status: "unknown" });
        await engine.close();
      });

      it("ends its wait by the time limit; an answer then comes too late, also when the run failed by it", async () => {
        const engine = await create();
        const { token } = await ask(engine);
        await engine.advance(120_000);
        expect((await finish(engine, "run-1"))?.result).toMatchObject({
          status: "failed",
          error: { code: "no-response" },
        });
        expect(await engine.answer("run-1", token, code("000000"))).toEqual({ status: "expired" });
        await engine.close();
      });

      it("takes no late answer to a question before the one that is open", async () => {
        const engine = await create();
        const first = await ask(engine);
        await engine.answer("run-1", first.token, code("707070", "a-1"));
        const second = await nextQuestion(engine, first);
        expect(await engine.answer("run-1", first.token, code("000000", "a-2"))).toEqual({ status: "expired" });
        expect((await engine.get("run-1"))?.question?.token).toBe(second.token);
        await engine.close();
      });
    });

    it("keeps what has arrived at a join while the run waits for a person, and lets it go on once", async () => {
      const engine = await create();
      await engine.start({ ...start, component: forksAndCalls, dataflowId: "fork" });
      for await (const { type } of engine.events("run-1")) {
        const question = (await engine.get("run-1"))?.question;
        if (type !== "run-suspended" || !question) continue;
        await engine.answer("run-1", question.token, { value: { Name: "Dana" }, answerId: "a-1", ipClass: null });
      }
      const view = await engine.get("run-1");
      expect(view?.result).toMatchObject({ status: "completed", response: "Hello Dana" });
      expect(view?.state.steps.map(({ stepId }) => stepId)).toEqual(["model", "greeting", "ask", "join", "reply"]);
      await engine.close();
    });

    it("runs a called dataflow inside the run, tells its steps apart, and hands secrets over as secrets", async () => {
      const engine = await create();
      const input = { Names: ["Dana"], Pin: "471147" };
      await engine.start({ ...start, component: forksAndCalls, dataflowId: "call", input });
      const view = await finish(engine, "run-1");
      expect(view?.result).toMatchObject({ status: "completed", response: { name: "Dana", pin: "••••••" } });
      expect(view?.state.steps.map(({ callPath, stepId, status }) => [callPath, stepId, status])).toEqual([
        ["", "model", "done"],
        ["", "call", "done"],
        ["call/1", "model", "done"],
        ["call/1", "reply", "done"],
        ["", "reply", "done"],
      ]);
      const events: unknown[] = [];
      for await (const event of engine.events("run-1")) events.push(event);
      expect(JSON.stringify([events, view])).not.toContain("471147");
      await engine.close();
    });

    it("goes on by failed when a called dataflow fails", async () => {
      const engine = await create();
      await engine.start({ ...start, component: forksAndCalls, dataflowId: "call", input: { Names: [7] } });
      const view = await finish(engine, "run-1");
      expect(view?.result).toMatchObject({
        status: "completed",
        response: { error: { code: "invalid-input", message: expect.stringContaining('"Name"') as string } },
      });
      expect(view?.state.steps.find(({ stepId }) => stepId === "call")?.outcome).toBe("failed");
      await engine.close();
    });

    it("proves that a code was confirmed, by whom, for which client and in which run, to the caller alone", async () => {
      const engine = await create();
      await engine.start({ ...start, component: provenCode, dataflowId: "prove" });
      for await (const { type } of engine.events("run-1")) {
        const question = (await engine.get("run-1"))?.question;
        if (type !== "run-suspended" || !question) continue;
        const value = { Code: question.definitions["Shown"] ?? null };
        await engine.answer("run-1", question.token, { value, answerId: "a-1", ipClass: null });
      }
      const view = await engine.get("run-1");
      expect(view?.result).toMatchObject({ status: "completed", response: { confirmed: true } });
      const proof = (view?.result?.response as { readonly proof?: string } | undefined)?.proof ?? "";
      const { claims } = await verifyProof(proof, await engine.proofKeys());
      expect(claims).toMatchObject({ aud: caller.clientId, sub: caller.userId, run: "run-1" });
      const events: unknown[] = [];
      for await (const event of engine.events("run-1")) events.push(event);
      expect(JSON.stringify([events, view?.state])).not.toContain(proof);
      await engine.close();
    });

    describe("the list of runs", () => {
      /** Three runs, a second apart. */
      const startThree = async (): Promise<TestedEngine> => {
        const engine = await create();
        await engine.start(start);
        await finish(engine, "run-1");
        await engine.advance(1000);
        const portal = { ...caller, clientId: "portal", userId: null };
        await engine.start({ ...start, runId: "run-2", dataflowId: "missing", caller: portal });
        await finish(engine, "run-2");
        await engine.advance(1000);
        const input = { UserName: "demo" };
        await engine.start({ runId: "run-3", component: mailedCode, dataflowId: "sign-in", input, caller });
        for await (const { type } of engine.events("run-3")) if (type === "run-suspended") break;
        return engine;
      };
      const ids = (runs: readonly RunSummary[]) => runs.map(({ runId }) => runId);

      it("has the newest first, and nothing of what they hold", async () => {
        const engine = await startThree();
        const runs = await engine.list();
        const startedAt = expect.any(Number);
        const ended = { startedAt, endedAt: expect.any(Number), componentId: "for-test-code" };
        const ofUser = { clientId: caller.clientId, userId: caller.userId };
        const signIn = { componentId: mailedCode.id, dataflowId: "sign-in", status: "suspended" };
        expect(runs).toEqual([
          { runId: "run-3", ...signIn, ...ofUser, startedAt, endedAt: null },
          { runId: "run-2", ...ended, dataflowId: "missing", clientId: "portal", userId: null, status: "failed" },
          { runId: "run-1", ...ended, dataflowId: "get-code", ...ofUser, status: "completed" },
        ]);
        await engine.close();
      });

      it("has those that a query asks for", async () => {
        const engine = await startThree();
        const second = (await engine.list()).at(1)?.startedAt ?? 0;
        const queries: readonly [RunQuery, readonly string[]][] = [
          [{ componentId: "for-test-code" }, ["run-2", "run-1"]],
          [{ dataflowId: "get-code" }, ["run-1"]],
          [{ clientId: "portal" }, ["run-2"]],
          [{ userId: "user-demo" }, ["run-3", "run-1"]],
          [{ status: "suspended" }, ["run-3"]],
          [{ fromMs: second }, ["run-3", "run-2"]],
          [{ toMs: second }, ["run-1"]],
          [{ userId: "user-demo", status: "completed" }, ["run-1"]],
          [{ componentId: "missing" }, []],
          ...["\0", "\ud800"].flatMap((id): [RunQuery, readonly string[]][] => [
            [{ componentId: id }, []],
            [{ dataflowId: id }, []],
            [{ clientId: id }, []],
            [{ userId: id }, []],
            [{ before: id }, []],
          ]),
        ];
        for (const [query, found] of queries) expect(ids(await engine.list(query))).toEqual(found);
        await engine.close();
      });

      it("goes on behind the last run of a page", async () => {
        const engine = await startThree();
        expect(ids(await engine.list({ limit: 2 }))).toEqual(["run-3", "run-2"]);
        expect(ids(await engine.list({ limit: 2, before: "run-2" }))).toEqual(["run-1"]);
        expect(ids(await engine.list({ before: "run-3", clientId: "digital-workplace" }))).toEqual(["run-1"]);
        expect(ids(await engine.list({ before: "run-1" }))).toEqual([]);
        expect(ids(await engine.list({ before: "missing" }))).toEqual([]);
        await engine.close();
      });
    });

    it("knows nothing of other runs", async () => {
      const engine = await create();
      await engine.start(start);
      for (const id of ["missing", "", "\0", "run-1\0", "\ud800"]) {
        expect(await engine.get(id), id).toBeNull();
        const events: unknown[] = [];
        for await (const event of engine.events(id)) events.push(event);
        expect(events).toEqual([]);
        expect(await engine.answer(id, "token", { answerId: "a", ipClass: null })).toEqual({ status: "unknown" });
        await engine.cancel(id);
      }
      expect((await finish(engine, "run-1"))?.state.status).toBe("completed");
      await engine.close();
    });
  });
}
