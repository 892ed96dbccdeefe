import { once } from "node:events";
import { createTestDatabase, startTestServer } from "@onceflow/storage/testing";
import { describe, expect, inject, it, onTestFinished, vi } from "vitest";
import { crashServer } from "./testing/crash-server.ts";
import { createEffectSteps, createCountingCodes, effectComponent, readEffects } from "./testing/effect-steps.ts";
import { driveRun } from "./testing/drive-run.ts";
import { effectsFile } from "./testing/effects-file.ts";
import { openEngine, testKeys } from "./testing/open-engine.ts";
import { spawnCrashProcess } from "./testing/spawn-crash-process.ts";
import { spawnWorkers } from "./testing/spawn-workers.ts";

describe("workers of one database", () => {
  it("take over from one that is silent, which does nothing more when it wakes up", async () => {
    const database = await createTestDatabase(inject("postgresUrl"), { clock: "real" });
    onTestFinished(() => database.close());
    const effects = await effectsFile();
    const silent = spawnCrashProcess({
      databaseUrl: database.url,
      keys: testKeys,
      effects,
      runIds: ["run-1"],
      scenario: "answer",
      crash: null,
      hold: "after:second",
    });
    await once(silent.process, "message");
    silent.process.kill("SIGSTOP");
    const engine = await openEngine(database.url, {
      deadAfterMs: 1000,
      steps: createEffectSteps(effects),
      ports: { oneTimeCodes: createCountingCodes(effects) },
    });
    onTestFinished(() => engine.close());
    const result = await driveRun(engine, { runId: "run-1", scenario: "answer", databaseUrl: database.url });
    expect(result.response).toMatchObject({ trail: "first second third fourth" });

    silent.process.send("go on");
    silent.process.kill("SIGCONT");
    expect(await silent.ended).toEqual({ code: 0, signal: null });
    const here = process.pid;
    const there = silent.process.pid;
    expect(readEffects(effects).map(({ step, pid }) => [step, pid])).toEqual([
      ["first", there],
      ["second", there],
      // It happened, but was not recorded.
      ["second", here],
      ["third", here],
      ["fourth", here],
    ]);
  });

  it("share the runs, and each step happens once", async () => {
    const database = await createTestDatabase(inject("postgresUrl"), { clock: "real" });
    onTestFinished(() => database.close());
    const effects = await effectsFile();
    const runIds = Array.from({ length: 12 }, (_, index) => `run-${index + 1}`);
    const order = {
      databaseUrl: database.url,
      keys: testKeys,
      effects,
      runIds,
      scenario: "answer",
      crash: null,
    } as const;
    // All of them start and answer all runs.
    const workers = [spawnCrashProcess(order), spawnCrashProcess(order), spawnCrashProcess(order)];
    for (const { ended } of workers) expect(await ended).toEqual({ code: 0, signal: null });
    const done = readEffects(effects).map(({ run, step }) => `${run} ${step}`);
    expect(new Set(done).size).toBe(done.length);
    expect(done).toHaveLength(4 * runIds.length);
  });

  it("drive many runs at once, and each step happens once, whatever ends their waits", async () => {
    const database = await createTestDatabase(inject("postgresUrl"), { clock: "real" });
    onTestFinished(() => database.close());
    const effects = await effectsFile();
    const workers = spawnWorkers(4, { databaseUrl: database.url, keys: testKeys, effects });
    onTestFinished(() => workers.close());
    await workers.serve("default");
    const engine = await openEngine(database.url, { role: "web" });
    onTestFinished(() => engine.close());
    const steps = {
      answer: ["first", "second", "third", "fourth"],
      timeout: ["first", "second", "late"],
      cancel: ["first", "second"],
    };
    const scenarioOf = (index: number): keyof typeof steps =>
      index % 10 === 8 ? "timeout" : index % 10 === 9 ? "cancel" : "answer";
    const runs = Array.from({ length: 60 }, (_, index) => ({ runId: `run-${index + 1}`, scenario: scenarioOf(index) }));
    const ends = await Promise.all(runs.map((run) => driveRun(engine, { ...run, databaseUrl: database.url })));
    for (const [index, { scenario }] of runs.entries()) {
      expect(ends[index]).toMatchObject(
        scenario === "cancel"
          ? { status: "cancelled" }
          : { status: "completed", response: { trail: steps[scenario].join(" ") } },
      );
    }
    const done = readEffects(effects);
    expect(done.map(({ run, step }) => `${run} ${step}`).toSorted()).toEqual(
      runs.flatMap(({ runId, scenario }) => steps[scenario].map((step) => `${runId} ${step}`)).toSorted(),
    );
    const drivers = new Set(done.map(({ pid }) => pid));
    expect(drivers.size).toBeGreaterThan(1);
    for (const pid of drivers) expect(workers.pids).toContain(pid);
  }, 180_000);

  it("bear kills of any of them at any time", async () => {
    const database = await createTestDatabase(inject("postgresUrl"), { clock: "real" });
    onTestFinished(() => database.close());
    const effects = await effectsFile();
    const runIds = Array.from({ length: 45 }, (_, index) => `run-${index + 1}`);
    // Each one starts and answers a third of the runs, and drives any of them.
    const spawn = (part: number) =>
      spawnCrashProcess({
        databaseUrl: database.url,
        keys: testKeys,
        effects,
        runIds: runIds.filter((_, index) => index % 3 === part),
        scenario: "answer",
        crash: null,
        deadAfterMs: 1500,
      });
    const workers = [spawn(0), spawn(1), spawn(2)];
    for (let kill = 0, seed = 4711; kill < 12; kill += 1) {
      seed = (seed * 48_271) % 2_147_483_647;
      const goal = Math.min(readEffects(effects).length + (seed % 12), 4 * runIds.length);
      await vi.waitFor(() => expect(readEffects(effects).length).toBeGreaterThanOrEqual(goal), { timeout: 50_000 });
      workers[seed % 3]?.process.kill("SIGKILL");
      await workers[seed % 3]?.ended;
      workers[seed % 3] = spawn(seed % 3);
    }
    for (const { ended } of workers) expect(await ended).toEqual({ code: 0, signal: null });
    const engine = await openEngine(database.url, { role: "web" });
    onTestFinished(() => engine.close());
    for (const runId of runIds) {
      const view = await engine.get(runId);
      expect(view?.result?.response).toMatchObject({ trail: "first second third fourth" });
      expect(view?.state.steps.map(({ status }) => status)).toEqual(Array.from({ length: 7 }, () => "done"));
    }
  }, 180_000);
});

describe("a worker that stops while it can begin nothing", () => {
  it("leaves its runs to the next one", async () => {
    const database = await createTestDatabase(inject("postgresUrl"), { clock: "real" });
    onTestFinished(() => database.close());
    const effects = await effectsFile();
    const steps = createEffectSteps(effects);
    const ports = { oneTimeCodes: createCountingCodes(effects) };
    const notices: string[] = [];
    const onNotice = (message: string) => void notices.push(message);
    // It would try again after a minute.
    const stuck = await openEngine(database.url, { steps, ports, onNotice, heartbeatMs: 60_000, deadAfterMs: 300_000 });
    await database.pool.query("ALTER TABLE runs.events RENAME TO elsewhere");
    await stuck.start({
      runId: "run-1",
      component: effectComponent(),
      dataflowId: "main",
      input: {},
      caller: { clientId: "portal", userId: null, sessionId: "session-1", ipClass: null },
    });
    await vi.waitFor(() => expect(notices.join()).toContain("tried again"), { timeout: 20_000 });
    await stuck.close({ drainMs: 0 });
    await database.pool.query("ALTER TABLE runs.elsewhere RENAME TO events");
    const engine = await openEngine(database.url, { steps, ports });
    onTestFinished(() => engine.close());
    const result = await driveRun(engine, { runId: "run-1", scenario: "answer", databaseUrl: database.url });
    expect(result.status).toBe("completed");
  });
});

describe("a database that crashes", () => {
  // A server that is given is not ours to crash.
  const own = process.env["DATABASE_URL"] === undefined || process.env["DATABASE_URL"] === "";

  it.runIf(own)("is waited for, and the runs go on where they were", async () => {
    const server = await startTestServer();
    onTestFinished(() => server.close());
    const effects = await effectsFile();
    let begun = (): void => undefined;
    const running = new Promise<void>((resolve) => (begun = resolve));
    const engine = await openEngine(server.url, {
      steps: createEffectSteps(effects, async (moment, step) => {
        if (moment !== "after" || step !== "second") return;
        begun();
        await crashed;
      }),
      ports: { oneTimeCodes: createCountingCodes(effects) },
    });
    onTestFinished(() => engine.close());
    const crashed = running.then(() => crashServer(server.url));
    const run = { runId: "run-1", scenario: "answer", databaseUrl: server.url } as const;
    // Whoever reads a run is told that the database is away, and reads again.
    const result = await vi.waitFor(() => driveRun(engine, run), { timeout: 50_000, interval: 100 });
    expect(result).toMatchObject({ status: "completed", response: { trail: "first second third fourth" } });
    expect(readEffects(effects).map(({ step }) => step)).toEqual(["first", "second", "third", "fourth"]);
    // No event is missing, though the last ones before the crash may have been lost.
    const told: [number, string][] = [];
    for await (const { seq, type } of engine.events("run-1")) told.push([seq, type]);
    expect(told.map(([seq]) => seq)).toEqual(told.map((_, index) => index + 1));
    expect(told.filter(([, type]) => type === "step-finished")).toHaveLength(7);
  });
});
