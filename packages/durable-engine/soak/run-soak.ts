import { type ChildProcess, fork } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import { dice } from "@onceflow/one-time-code/testing";
import type { Engine } from "@onceflow/step-runtime";
import { createTestDatabase, startStoppableServer } from "@onceflow/storage/testing";
import pg from "pg";
import { isConnectionFailure } from "../src/database/connection-failure.ts";
import { crashServer } from "../src/testing/crash-server.ts";
import { driveRun } from "../src/testing/drive-run.ts";
import { createCountingCodes, createEffectSteps, type Effect, readEffects } from "../src/testing/effect-steps.ts";
import { openEngine, testKeys } from "../src/testing/open-engine.ts";
import type { WorkerOrder } from "./worker-process.ts";

// Two hundred runs on four processes while, every few effects in seeded order, a worker is killed, the server process of
// a connection is killed (PostgreSQL cuts off everybody and recovers), or the database is stopped as by a power cut.
const runs = 200;
const workers = 4;
const kills = 40;
/** How a worker ends that meets no database when it begins. */
const awayCode = 75;
const seed = Number(process.argv[2] ?? 20_260_101);
if (!Number.isInteger(seed)) throw new Error(`The seed is a whole number, not "${process.argv[2]}".`);
const load = () => loadavg()[0]?.toFixed(2);

console.log(
  `${cpus()[0]?.model ?? "unknown CPU"}, ${cpus().length} cores, Node ${process.versions.node}, seed ${seed}`,
);
const [loadBefore, started] = [load(), performance.now()];
const folder = await mkdtemp(join(tmpdir(), "onceflow-soak-"));
const effects = join(folder, "effects");
const server = await startStoppableServer();
const database = await createTestDatabase(server.url, { clock: "real" });
const databaseUrl = database.url;
await database.pool.end();
const runIds = Array.from({ length: runs }, (_, index) => `run-${index + 1}`);

/** How often each step had happened when it was first seen in the journal. */
const settled = new Map<string, number>();
const happened = {
  "worker killed": 0,
  "server process killed": 0,
  "database stopped": 0,
  "process ended that met no database when it began": 0,
};
const roll = dice(seed);
const open = new Set<ChildProcess>();
let stopping = false;
let failures = 0;
const different: string[] = [];
try {
  const first = await openSoakEngine("all");
  await driveRun(first, { runId: "uncrashed", scenario: "answer", databaseUrl });
  const expected = await endOf(first, "uncrashed");
  await first.close();

  for (let part = 0; part < workers; part += 1) startWorker(part);

  for (let kill = 0; kill < kills; kill += 1) {
    const goal = readEffects(effects).length + 4 + roll(24);
    while (readEffects(effects).length < goal && open.size > 0) await pause(20);
    const kind = roll(5);
    if (kind < 3) {
      happened["worker killed"] += 1;
      [...open][roll(open.size)]?.kill("SIGKILL");
    } else if (kind === 3) {
      happened["server process killed"] += 1;
      await crashServer(server.url);
    } else {
      happened["database stopped"] += 1;
      await server.stop("immediate");
      await server.start();
    }
    await settle();
  }
  while (open.size > 0) await pause(100);
  await settle();

  const last = await openSoakEngine("web");
  for (const runId of runIds) if (!isDeepStrictEqual(await endOf(last, runId), expected)) different.push(runId);
  await last.close();
} finally {
  stopping = true;
  for (const worker of open) worker.kill("SIGKILL");
  await server.close();
}

const byStep = effectsByStep();
const again = [...settled].filter(([key, times]) => byStep.get(key)?.length !== times).map(([key]) => key);
const twice = [...byStep.values()].filter((done) => done.length > 1);
const newIds = twice.filter((done) => new Set(done.map(({ uuid }) => uuid)).size > 1);
await rm(folder, { recursive: true, force: true });

const told = Object.entries(happened)
  .map(([what, times]) => `${what} ${times} times`)
  .join(", ");
const seconds = ((performance.now() - started) / 1000).toFixed(0);
console.log(`
random-kills: ${seconds} s, load average ${loadBefore} before and ${load()} after
  ${runs} runs, ${workers} processes; ${told}`);
report("runs that are lost or ended otherwise than the one without a crash", different);
report(`steps that happened again after they were recorded, of ${settled.size} seen in the journal`, again);
report(
  `steps whose repetition had another id, of ${twice.length} that happened again before their record`,
  newIds.flatMap(([effect]) => (effect ? [keyOf(effect)] : [])),
);
report(
  "processes that ended with an error",
  Array.from({ length: failures }, (_, index) => String(index + 1)),
);

function report(what: string, found: readonly string[]): void {
  console.log(`  ${found.length === 0 ? "holds" : "FAILS"}  ${found.length} ${what} ${found.slice(0, 5).join(", ")}`);
  if (found.length > 0) process.exitCode = 1;
}

function effectsByStep(): ReadonlyMap<string, readonly Effect[]> {
  const found = new Map<string, Effect[]>();
  for (const effect of readEffects(effects)) found.set(keyOf(effect), [...(found.get(keyOf(effect)) ?? []), effect]);
  return found;
}

function keyOf({ run, step }: Pick<Effect, "run" | "step">): string {
  return `${run} ${step}`;
}

/** A worker that is started again, with the same runs, until it has seen the end of all of them. */
function startWorker(part: number): void {
  const order: WorkerOrder = {
    databaseUrl,
    keys: testKeys,
    effects,
    runIds: runIds.filter((_, index) => index % workers === part),
  };
  const script = join(import.meta.dirname, "worker-process.ts");
  const worker = fork(script, [JSON.stringify(order)], { execArgv: ["--conditions=source"] });
  open.add(worker);
  worker.once("exit", (code, signal) => {
    open.delete(worker);
    if (code === awayCode) happened["process ended that met no database when it began"] += 1;
    else if (code !== 0 && signal !== "SIGKILL") failures += 1;
    if (code !== 0 && !stopping) startWorker(part);
  });
}

function openSoakEngine(role: "all" | "web"): Promise<Engine> {
  const ports = { oneTimeCodes: createCountingCodes(effects) };
  return openEngine(databaseUrl, { role, steps: createEffectSteps(effects), ports });
}

/** All that a run's owner sees of its end. */
async function endOf(engine: Engine, runId: string): Promise<unknown> {
  const events: unknown[] = [];
  for await (const event of engine.events(runId)) {
    events.push([event.seq, event.type, "stepId" in event ? event.stepId : null]);
  }
  return { result: (await engine.get(runId))?.result, events };
}

/** Notes what is recorded by now; a database that is recovering is asked again. */
async function settle(): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  client.on("error", () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ run: string; step: string }>(
      `SELECT regexp_replace(workflow_uuid, '^.*/(.*)#.*$', '\\1') AS run, split_part(function_name, '#', 1) AS step
         FROM dbos.operation_outputs WHERE workflow_uuid LIKE '%/run-%'`,
    );
    const done = effectsByStep();
    for (const row of rows) {
      const times = done.get(keyOf(row))?.length;
      if (times !== undefined && !settled.has(keyOf(row))) settled.set(keyOf(row), times);
    }
    await client.end();
  } catch (error) {
    if (!isConnectionFailure(error)) throw error;
    await pause(200);
    await settle();
  }
}
