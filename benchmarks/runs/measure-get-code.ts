import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { newKeyRingText } from "@onceflow/one-time-code";
import type { Engine } from "@onceflow/step-runtime";
import { forTestCode } from "@onceflow/step-runtime/testing/for-test-code";
import { inLanes } from "../harness/lanes.ts";
import { openBenchEngine } from "./bench-engine.ts";
import { withBlockDatabase } from "./block-database.ts";
import { runToEnd } from "./durable-runs.ts";

// Runs in a fresh process: warms up, then prints the microseconds between two ends of ForTestCode's Get code,
// BENCH_LANES runs at a time. "2 workers" are two processes that drive what this one starts and watches.
const lanes = Number(process.env["BENCH_LANES"]);
const name = process.argv[2] ?? "";
const runs = 20 + 10 * lanes;

await withBlockDatabase(async (databaseUrl) => {
  const keys = newKeyRingText();
  const workers = name === "one process" ? 0 : Number.parseInt(name, 10);
  const stop = await startWorkers(workers, { databaseUrl, keys });
  const engine = await openBenchEngine(databaseUrl, { keys, role: workers === 0 ? "all" : "web" });
  await measure(engine);
  await engine.close({ drainMs: 0 });
  await stop();
});

async function measure(engine: Engine): Promise<void> {
  const run = async () => {
    const { definitions } = await runToEnd(engine, forTestCode, "get-code");
    if (definitions["ForTestCode"] !== "482913") throw new Error("The run did not show the code.");
  };
  await inLanes(runs, lanes, run);
  const start = process.hrtime.bigint();
  await inLanes(runs, lanes, run);
  console.log(Number(process.hrtime.bigint() - start) / 1000 / runs);
}

async function startWorkers(count: number, order: object): Promise<() => Promise<void>> {
  const script = join(import.meta.dirname, "worker-process.ts");
  const workers = Array.from({ length: count }, () =>
    fork(script, [JSON.stringify(order)], { execArgv: ["--conditions=source"] }),
  );
  for (const worker of workers) await once(worker, "message");
  return async () => {
    for (const worker of workers) {
      worker.send("stop");
      await once(worker, "exit");
    }
  };
}
