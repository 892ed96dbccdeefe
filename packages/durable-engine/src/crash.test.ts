import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RunResult } from "@onceflow/step-runtime";
import { createTestDatabase, type TestDatabase } from "@onceflow/storage/testing";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { createCountingCodes, createEffectSteps, readEffects } from "./testing/effect-steps.ts";
import { driveRun, type Scenario } from "./testing/drive-run.ts";
import { openEngine, testKeys } from "./testing/open-engine.ts";
import { spawnCrashProcess } from "./testing/spawn-crash-process.ts";

let database: TestDatabase;
let folder: string;
let effects: string;

beforeAll(async () => {
  database = await createTestDatabase(inject("postgresUrl"), { clock: "real" });
  folder = await mkdtemp(join(tmpdir(), "onceflow-crash-"));
  effects = join(folder, "effects");
});
afterAll(async () => {
  await database.close();
  await rm(folder, { recursive: true, force: true });
});

const order = (runIds: readonly string[], scenario: Scenario, crash: string | number | null) => ({
  databaseUrl: database.url,
  keys: testKeys,
  effects,
  runIds,
  scenario,
  crash,
});

/** Drives a run to its end in this process, in the place of a worker that is known to be dead. */
async function rescue(
  runId: string,
  scenario: Scenario,
  version?: string,
): Promise<{ result: RunResult; events: readonly unknown[] }> {
  await database.pool.query("UPDATE runs.workers SET heartbeat = 0").catch(() => undefined);
  await database.pool.query("UPDATE runs.runs SET begin_by = 0 WHERE begin_by IS NOT NULL").catch(() => undefined);
  const engine = await openEngine(database.url, {
    deadAfterMs: 30_000,
    ...(version === undefined ? {} : { version }),
    steps: createEffectSteps(effects),
    ports: { oneTimeCodes: createCountingCodes(effects) },
  });
  try {
    const result = await driveRun(engine, { runId, scenario, databaseUrl: database.url });
    const events: unknown[] = [];
    for await (const event of engine.events(runId)) {
      events.push([event.seq, event.type, "stepId" in event ? event.stepId : null]);
    }
    return { result, events };
  } finally {
    await engine.close();
  }
}

function count(runId: string): Record<string, number> {
  const own = readEffects(effects).filter(({ run }) => run === runId);
  const steps = [...new Set(own.map(({ step }) => step))];
  // A step that is repeated has the same id again, so that whoever it calls can tell.
  for (const step of steps) expect(new Set(own.filter((e) => e.step === step).map(({ uuid }) => uuid)).size).toBe(1);
  return Object.fromEntries(steps.map((step) => [step, own.filter((effect) => effect.step === step).length]));
}

const uncrashed = new Map<Scenario, Promise<Awaited<ReturnType<typeof rescue>>>>();
function expected(scenario: Scenario): Promise<Awaited<ReturnType<typeof rescue>>> {
  const known = uncrashed.get(scenario) ?? rescue(`uncrashed-${scenario}`, scenario);
  uncrashed.set(scenario, known);
  return known;
}

/** Each point of a run's life; those whose effect is not recorded yet repeat it. */
const once = { first: 1, second: 1, third: 1, fourth: 1 };
const onceLate = { first: 1, second: 1, late: 1 };
const onceCancelled = { first: 1, second: 1 };
const points: readonly [Scenario, string, Record<string, number>][] = [
  ["answer", "before:start-1", once],
  ["answer", "after:start-1", once],
  ...["first", "second", "third", "fourth"].flatMap((step): [Scenario, string, Record<string, number>][] => [
    ["answer", `before:${step}`, once],
    ["answer", `after:${step}`, { ...once, [step]: 2 }],
  ]),
  ["answer", "before:begin-1", once],
  ["answer", "after:begin-1", once],
  ["answer", "before:record-1", once],
  ["answer", "before:record-2", { ...once, first: 2 }],
  ["answer", "after:record-2", once],
  ["answer", "after:record-3", once],
  ["answer", "before:suspend-1", once],
  ["answer", "after:suspend-1", once],
  ["answer", "before:outcome-1", once],
  ["answer", "before:claim-1", once],
  ["answer", "after:claim-1", once],
  ["answer", "before:begin-2", once],
  ["answer", "after:begin-2", once],
  ["answer", "before:record-4", { ...once, third: 2 }],
  ["answer", "after:record-4", once],
  ["answer", "before:record-5", { ...once, fourth: 2 }],
  ["answer", "after:record-5", once],
  ["answer", "before:finish-1", once],
  ["answer", "after:finish-1", once],
  ["answer", "after:outcome-2", once],
  ["timeout", "before:claim-1", onceLate],
  ["timeout", "after:claim-1", onceLate],
  ["timeout", "after:late", { ...onceLate, late: 2 }],
  ["cancel", "before:claim-1", onceCancelled],
  ["cancel", "after:claim-1", onceCancelled],
  ["cancel", "after:revoke", onceCancelled],
];

describe("a run whose process is killed", () => {
  it.each(points)("goes on as if nothing had happened (%s, %s)", async (scenario, crash, counts) => {
    const { result, events } = await expected(scenario);
    const runId = `run-${scenario}-${crash}`;
    expect(await spawnCrashProcess(order([runId], scenario, crash)).ended).toEqual({ code: null, signal: "SIGKILL" });
    const rescued = await rescue(runId, scenario);
    expect(rescued).toEqual({ result, events });
    const { revoke = 0, ...counted } = count(runId);
    expect(counted).toEqual(counts);
    expect(revoke > 0).toBe(scenario === "cancel");
  });

  it("fails rather than repeat a step that may happen once only", async () => {
    const runId = "run-once";
    expect((await spawnCrashProcess(order([runId], "once", "after:second")).ended).signal).toBe("SIGKILL");
    const { result } = await rescue(runId, "once");
    expect(result).toMatchObject({ status: "failed", error: { code: "effect-unknown", stepId: "second" } });
    expect(count(runId)).toEqual({ first: 1, second: 1, revoke: 1 });
  });

  it("fails when its journal does not fit its steps, however often it is tried", async () => {
    const runId = "run-misfit";
    expect((await spawnCrashProcess(order([runId], "answer", "after:second")).ended).signal).toBe("SIGKILL");
    await database.pool.query(
      "UPDATE dbos.operation_outputs SET function_name = 'other#1' WHERE workflow_uuid LIKE $1 AND function_name = 'first#1'",
      [`%/${runId}#1`],
    );
    const { result } = await rescue(runId, "answer");
    expect(result).toMatchObject({ status: "failed", error: { code: "run-crashed" } });
    expect(count(runId)).toEqual({ first: 1, second: 1, revoke: 1 });
  });

  it("fails when only another version is left to repeat its segment", async () => {
    const runId = "run-version";
    expect((await spawnCrashProcess(order([runId], "answer", "after:second")).ended).signal).toBe("SIGKILL");
    const { result } = await rescue(runId, "answer", "another");
    expect(result).toMatchObject({ status: "failed", error: { code: "version-gone" } });
    expect(count(runId)).toEqual({ first: 1, second: 1, revoke: 1 });
  });

  it("bears twenty kills at any place, and no recorded step happens again", async () => {
    const { result } = await expected("answer");
    const timesDone = (key: string) => readEffects(effects).filter(({ run, step }) => `${run} ${step}` === key).length;
    /** How often each step had happened when it was first seen in the journal. */
    const settled = new Map<string, number>();
    const runIds: string[] = [];
    const crash = async (at: number | null) => {
      await database.pool.query("UPDATE runs.workers SET heartbeat = 0").catch(() => undefined);
      await database.pool.query("UPDATE runs.runs SET begin_by = 0 WHERE begin_by IS NOT NULL").catch(() => undefined);
      // Each process has a new run, and the last ones before it.
      const own = at === null ? runIds : runIds.slice(-4);
      return spawnCrashProcess(order(own, "answer", at)).ended;
    };
    for (let kill = 0, seed = 20_260_101; kill < 20; kill += 1) {
      seed = (seed * 48_271) % 2_147_483_647;
      runIds.push(`random-${kill + 1}`);
      expect((await crash(1 + (seed % 24))).signal).toBe("SIGKILL");
      const { rows } = await database.pool.query<{ key: string }>(
        `SELECT regexp_replace(workflow_uuid, '^.*/(.*)#.*$', '\\1 ') || split_part(function_name, '#', 1) AS key
           FROM dbos.operation_outputs WHERE workflow_uuid LIKE '%/random-%'`,
      );
      for (const { key } of rows) settled.set(key, settled.get(key) ?? timesDone(key));
    }
    expect(await crash(null)).toEqual({ code: 0, signal: null });
    const engine = await openEngine(database.url, { role: "web" });
    for (const runId of runIds) {
      expect((await engine.get(runId))?.result).toEqual(result);
      expect(Object.keys(count(runId))).toEqual(["first", "second", "third", "fourth"]);
    }
    await engine.close();
    expect(Math.max(...settled.values())).toBeGreaterThan(0);
    for (const [key, times] of settled) expect([key, timesDone(key)]).toEqual([key, times]);
  }, 180_000);
});
