import { setTimeout as pause } from "node:timers/promises";
import { newKeyRingText } from "@onceflow/one-time-code";
import pg from "pg";
import { caller } from "../engine/for-test-code-ports.ts";
import { inLanes } from "../harness/lanes.ts";
import { openBenchEngine } from "./bench-engine.ts";
import { withBlockDatabase } from "./block-database.ts";
import { askingComponent } from "./components.ts";
import { answerRun, tokenOf } from "./durable-runs.ts";

// Runs in a fresh process with --expose-gc: what ten thousand runs that wait cost the process that started them, and
// the time in which an engine opens beside them and answers one. Prints one line of JSON.
const runs = 10_000;
const batch = 500;
const idleMs = 20_000;

await withBlockDatabase(async (url) => {
  const keys = newKeyRingText();
  const engine = await openBenchEngine(url, { keys });
  const database = new pg.Client({ connectionString: url });
  await database.connect();
  const suspended = async () => {
    const { rows } = await database.query<{ count: number }>(
      "SELECT count(*)::int AS count FROM runs.runs WHERE status = 'suspended'",
    );
    return rows[0]?.count ?? 0;
  };
  /** In MB, after a full collection: what is in use, and what the process has of the system. */
  const memory = () => {
    globalThis.gc?.();
    const { rss, heapUsed, external } = process.memoryUsage();
    return { used: (heapUsed + external) / 2 ** 20, resident: rss / 2 ** 20 };
  };
  /** Percent of one core. */
  const idleCpu = async () => {
    const before = process.cpuUsage();
    await pause(idleMs);
    const { user, system } = process.cpuUsage(before);
    return (100 * (user + system)) / 1000 / idleMs;
  };

  const idle = { ...memory(), cpu: await idleCpu() };
  const begun = performance.now();
  for (let first = 0; first < runs; first += batch) {
    await inLanes(batch, 8, async (index) => {
      const runId = `run-${first + index}`;
      await engine.start({ runId, component: askingComponent, dataflowId: "main", input: {}, caller });
    });
    while ((await suspended()) < first + batch) await pause(50);
  }
  const startSeconds = (performance.now() - begun) / 1000;
  const waiting = { ...memory(), cpu: await idleCpu() };
  await engine.close({ drainMs: 0 });

  const reopening = performance.now();
  const next = await openBenchEngine(url, { keys });
  const openSeconds = (performance.now() - reopening) / 1000;
  await answerRun(next, "run-0", await tokenOf(next, "run-0"));
  const restartSeconds = (performance.now() - reopening) / 1000;
  await next.close({ drainMs: 0 });
  await database.end();
  console.log(JSON.stringify({ runs, idle, waiting, startSeconds, openSeconds, restartSeconds }));
});
