import type { Engine, RunQuestion } from "@onceflow/step-runtime";
import { createMemoryProofSigner } from "@onceflow/step-runtime/memory";
import { provenCode } from "@onceflow/step-runtime/testing";
import { createTestDatabase, type TestDatabase } from "@onceflow/storage/testing";
import { describe, expect, inject, it, onTestFinished, vi } from "vitest";
import { createEffectSteps, effectComponent, readEffects, typed } from "./testing/effect-steps.ts";
import { effectsFile } from "./testing/effects-file.ts";
import { openEngine, testKeys } from "./testing/open-engine.ts";
import { spawnCrashProcess } from "./testing/spawn-crash-process.ts";

const caller = { clientId: "portal", userId: null, sessionId: "session-4711", ipClass: null };
const start = { runId: "run-1", component: effectComponent(), dataflowId: "main", input: { Name: "Trillian" }, caller };
const answer = { value: typed, answerId: "answer-4711", ipClass: "203.0.113.0/24" };

describe("createDurableEngine", () => {
  it("keeps nothing that people or steps said in plain sight, in any table", async () => {
    const { database, engine } = await open();
    const { token } = await ask(engine);
    const waiting = await readEverything(database);
    await engine.answer("run-1", token, answer);
    await finish(engine);
    const ended = await readEverything(database);
    expect(ended).toContain("run-1");
    for (const text of [
      ...Object.values(typed),
      "Trillian",
      "first second",
      "session-4711",
      "answer-4711",
      "203.0.113",
      token,
    ]) {
      for (const everything of [waiting, ended]) {
        expect(everything).not.toContain(text);
        expect(everything).not.toContain(Buffer.from(text).toString("hex"));
      }
    }
  });

  it("runs a live run by the version that it was started with", async () => {
    const { engine } = await open();
    const component = structuredClone(start.component);
    await engine.start({ ...start, component });
    const { token } = await nextQuestion(engine, "run-1");
    await engine.start({ ...start, runId: "run-2", component: { ...component, dataflows: [] } });
    await engine.answer("run-1", token, answer);
    expect((await finish(engine))?.result?.response).toEqual({
      trail: "first second third fourth",
      name: typed.Name,
    });
    expect((await finish(engine, "run-2"))?.result?.error?.code).toBe("unknown-dataflow");
  });

  it("is answered after a restart, also by a later version, and goes on after a step back", async () => {
    const { database, engine } = await open({ version: "1" });
    const { token } = await ask(engine);
    await engine.close();
    const later = await openOn(database, { version: "2" });
    expect(await later.answer("run-1", token, answer)).toEqual({ status: "accepted" });
    expect((await finish(later))?.result?.status).toBe("completed");
    const second = await ask(later, "run-2");
    await later.close();
    const earlier = await openOn(database, { version: "1" });
    expect(await earlier.answer("run-2", second.token, answer)).toEqual({ status: "accepted" });
    expect((await finish(earlier, "run-2"))?.result?.status).toBe("completed");
  });

  it("goes on by timeout when nobody answers in time, and tells a late answer", async () => {
    const { database, engine } = await open();
    const { token, deadline } = await ask(engine);
    expect((deadline ?? 0) - Date.now()).toBeGreaterThan(590_000);
    await database.pool.query("UPDATE runs.waits SET deadline = runs.now()");
    expect(await engine.answer("run-1", token, answer)).toEqual({ status: "expired" });
    expect((await finish(engine))?.result?.response).toEqual({ trail: "first second late" });
    expect(await engine.answer("run-1", token, answer)).toEqual({ status: "expired" });
  });

  it("fails a run that takes too long, while it waits too", async () => {
    const { database, engine } = await open();
    await ask(engine);
    await database.pool.query("UPDATE runs.runs SET deadline = runs.now()");
    expect((await finish(engine))?.result).toMatchObject({ status: "failed", error: { code: "run-overdue" } });
  });

  it("cancels a step that is under way", async () => {
    let begun = (): void => undefined;
    const running = new Promise<void>((resolve) => (begun = resolve));
    const { engine } = await open({
      steps: createEffectSteps(await effectsFile(), (moment, step, signal) => {
        if (moment === "before" || step === "first") return;
        begun();
        return new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(new Error("Aborted."))));
      }),
    });
    await engine.start(start);
    await running;
    await engine.cancel("run-1");
    const view = await finish(engine);
    expect(view?.state.status).toBe("cancelled");
    expect(view?.result).toMatchObject({ status: "cancelled", response: null, error: null });
  });

  it("lets a running step finish before it closes, and the next engine goes on behind it", async () => {
    let begun = (): void => undefined;
    let release = (): void => undefined;
    const running = new Promise<void>((resolve) => (begun = resolve));
    const gate = new Promise<void>((resolve) => (release = resolve));
    const file = await effectsFile();
    const { database, engine } = await open({
      steps: createEffectSteps(file, async (moment, step) => {
        if (moment !== "before" || step !== "second") return;
        begun();
        await gate;
      }),
    });
    await engine.start(start);
    await running;
    const closing = engine.close({ drainMs: 30_000 });
    release();
    await closing;
    const next = await openOn(database, { steps: createEffectSteps(file) });
    await nextQuestion(next, "run-1");
    expect(readEffects(file).map(({ step }) => step)).toEqual(["first", "second"]);
  });

  it("closes though a step does not finish, and the next engine does that step", async () => {
    let begun = (): void => undefined;
    const running = new Promise<void>((resolve) => (begun = resolve));
    const file = await effectsFile();
    const { database, engine } = await open({
      steps: createEffectSteps(file, async (moment, step) => {
        if (moment !== "before" || step !== "second") return;
        begun();
        await new Promise(() => undefined);
      }),
    });
    await engine.start(start);
    await running;
    await engine.close({ drainMs: 100 });
    const next = await openOn(database, { steps: createEffectSteps(file) });
    await nextQuestion(next, "run-1");
    expect(readEffects(file).map(({ step }) => step)).toEqual(["first", "second"]);
  });

  it("works beside engines that only start, answer and read, but not beside a second one that drives runs", async () => {
    const { database, engine } = await open();
    const web = await openOn(database, { role: "web" });
    const { token } = await ask(web);
    await web.answer("run-1", token, answer);
    expect((await finish(web))?.result?.status).toBe("completed");
    expect((await engine.get("run-1"))?.result?.status).toBe("completed");
    await expect(openOn(database)).rejects.toMatchObject({ code: "worker-exists" });
  });

  it("keeps tenants apart", async () => {
    const { database, engine } = await open();
    const other = await openOn(database, { role: "web", tenant: "other" });
    await other.start(start);
    await engine.start({ ...start, runId: "run-2" });
    await nextQuestion(engine, "run-2");
    expect(await engine.get("run-1")).toBeNull();
    expect((await other.get("run-1"))?.state.status).toBe("pending");
    expect((await engine.list()).map(({ runId }) => runId)).toEqual(["run-2"]);
  });

  it("lists runs, the newest first, page by page", async () => {
    const { engine } = await open();
    for (const runId of ["run-1", "run-2", "run-3"]) await ask(engine, runId);
    await engine.cancel("run-2");
    await finish(engine, "run-2");
    const ids = async (query?: Parameters<Engine["list"]>[0]) => (await engine.list(query)).map(({ runId }) => runId);
    expect(await ids()).toEqual(["run-3", "run-2", "run-1"]);
    expect(await ids({ limit: 1, before: "run-3" })).toEqual(["run-2"]);
    expect(await ids({ status: "suspended" })).toEqual(["run-3", "run-1"]);
    expect(await engine.list({ status: "cancelled" })).toMatchObject([{ componentId: "effects", clientId: "portal" }]);
  });

  it("forgets the journal of a run that is over soon, and the run itself later", async () => {
    const { database, engine } = await open({ keepEndedDays: 7 });
    await ask(engine, "run-2");
    const { token } = await ask(engine);
    await engine.answer("run-1", token, answer);
    await finish(engine);
    const segments = async () =>
      (await database.pool.query("SELECT workflow_uuid FROM dbos.workflow_status ORDER BY 1")).rows.map(
        (row: { workflow_uuid: string }) => row.workflow_uuid.split("/")[1],
      );
    const age = (days: number) =>
      database.pool.query("UPDATE runs.runs SET ended_at = runs.now() - $1 * 86400000::bigint WHERE ended_at > 0", [
        days,
      ]);
    expect(await segments()).toEqual(["run-2#1", "run-1#1", "run-1#2"]);
    await age(1);
    await vi.waitFor(async () => expect(await segments()).toEqual(["run-2#1"]), { timeout: 10_000 });
    expect(await engine.get("run-1")).toMatchObject({ result: { status: "completed" } });
    await age(8);
    await vi.waitFor(async () => expect(await engine.get("run-1")).toBeNull(), { timeout: 10_000 });
    expect(await engine.get("run-2")).toMatchObject({ state: { status: "suspended" } });
  });

  it("prints nothing, not even while it makes its tables", async () => {
    const database = await createTestDatabase(inject("postgresUrl"), { clock: "real" });
    onTestFinished(() => database.close());
    const { ended, printed } = spawnCrashProcess({
      databaseUrl: database.url,
      keys: testKeys,
      effects: await effectsFile(),
      runIds: ["run-1"],
      scenario: "answer",
      crash: null,
    });
    expect(await ended).toEqual({ code: 0, signal: null });
    expect(await printed).toBe("");
  });

  it("leaves tables of a later version alone", async () => {
    const { database, engine } = await open();
    await engine.close();
    await database.pool.query("INSERT INTO runs.kysely_migration VALUES ('9999-later', now()::text)");
    await expect(openOn(database)).rejects.toMatchObject({ code: "run-tables-mismatch" });
  });

  it("signs a proof once, however often what follows is tried", async () => {
    const signer = createMemoryProofSigner();
    const signed: string[] = [];
    const notices: string[] = [];
    const { database, engine } = await open({
      onNotice: (message) => void notices.push(message),
      ports: {
        proofSigner: {
          ...signer,
          async sign(proof) {
            signed.push(await signer.sign(proof));
            await database.pool.query("ALTER TABLE runs.events RENAME TO elsewhere");
            return signed.join();
          },
        },
      },
    });
    const caller = { ...start.caller, clientId: "digital-workplace" };
    await engine.start({ ...start, component: provenCode, dataflowId: "prove", input: {}, caller });
    const { token, definitions } = await nextQuestion(engine, "run-1");
    await engine.answer("run-1", token, { ...answer, value: { Code: definitions["Shown"] ?? null } });
    await vi.waitFor(() => expect(notices.join()).toContain("tried again"), { timeout: 20_000 });
    await database.pool.query("ALTER TABLE runs.elsewhere RENAME TO events");
    expect((await finish(engine))?.result).toMatchObject({ status: "completed", response: { proof: signed[0] } });
    expect(signed).toHaveLength(1);
  });

  it("fails a run whose stored state somebody exchanged", async () => {
    const { database, engine } = await open();
    const first = await ask(engine);
    await ask(engine, "run-2");
    await database.pool.query(
      "UPDATE runs.waits SET sealed_checkpoint = (SELECT max(sealed_checkpoint) FROM runs.waits)",
    );
    await engine.answer("run-1", first.token, answer);
    const { token } = await nextQuestion(engine, "run-2");
    await engine.answer("run-2", token, answer);
    const results = [await finish(engine), await finish(engine, "run-2")].map((view) => view?.result?.status);
    expect(new Set(results)).toEqual(new Set(["completed", "failed"]));
  });
});

type Options = Parameters<typeof openEngine>[1];

async function open(options: Options = {}): Promise<{ database: TestDatabase; engine: Engine }> {
  const database = await createTestDatabase(inject("postgresUrl"), { clock: "real" });
  onTestFinished(() => database.close());
  return { database, engine: await openOn(database, options) };
}

async function openOn(database: TestDatabase, options: Options = {}): Promise<Engine> {
  const engine = await openEngine(database.url, { steps: createEffectSteps(await effectsFile()), ...options });
  onTestFinished(() => engine.close());
  return engine;
}

async function ask(engine: Engine, runId = "run-1"): Promise<RunQuestion> {
  await engine.start({ ...start, runId });
  return nextQuestion(engine, runId);
}

async function nextQuestion(engine: Engine, runId: string): Promise<RunQuestion> {
  for await (const { type } of engine.events(runId)) {
    const question = type === "run-suspended" ? (await engine.get(runId))?.question : null;
    if (question) return question;
  }
  throw new Error("The run asks nothing.");
}

async function finish(engine: Engine, runId = "run-1") {
  for await (const _ of engine.events(runId)) continue;
  return engine.get(runId);
}

/** All rows of all tables, as text. */
async function readEverything({ pool }: TestDatabase): Promise<string> {
  const { rows: tables } = await pool.query<{ name: string }>(
    `SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables
      WHERE table_schema IN ('runs', 'dbos') AND table_type = 'BASE TABLE'`,
  );
  const texts = await Promise.all(
    tables.map(async ({ name }) => (await pool.query<{ text: string }>(`SELECT t::text AS text FROM ${name} t`)).rows),
  );
  expect(tables.length).toBeGreaterThan(10);
  return texts.flatMap((rows) => rows.map(({ text }) => text)).join("\n");
}
