import { newKeyRingText } from "@onceflow/one-time-code";
import { inLanes } from "../harness/lanes.ts";
import type { Component } from "@onceflow/step-runtime";
import { forTestCode } from "@onceflow/step-runtime/testing/for-test-code";
import { closeBareDbos, openBareDbos, runBareSteps } from "./bare-dbos.ts";
import { openBenchEngine } from "./bench-engine.ts";
import { withBlockDatabase } from "./block-database.ts";
import { stepsComponent } from "./components.ts";
import { runToEnd } from "./durable-runs.ts";

// Runs in a fresh process: warms up, then prints the microseconds of a run's step, BENCH_LANES runs at a time.
const lanes = Number(process.env["BENCH_LANES"]);
const runs = 10 + 6 * lanes;
const contenders: Readonly<Record<string, (url: string) => Promise<Contender>>> = {
  "7 bare DBOS steps": (url) => bare(url, 7),
  "20 bare DBOS steps": (url) => bare(url, 20),
  // Seven steps, of which one issues a code; the ports are plain functions.
  "ForTestCode's Get code": (url) => durable(url, forTestCode, { dataflowId: "get-code", steps: 7 }),
  "20 pure steps": (url) => durable(url, stepsComponent("trivial", 20), { dataflowId: "main", steps: 20 }),
  "20 steps with an effect": (url) =>
    durable(url, stepsComponent("trivial-effect", 20), { dataflowId: "main", steps: 20 }),
};

interface Contender {
  /** In a run. */
  readonly steps: number;
  readonly run: () => Promise<void>;
  readonly close: () => Promise<void>;
}

async function bare(url: string, steps: number): Promise<Contender> {
  await openBareDbos(url);
  return { steps, run: () => runBareSteps(steps), close: closeBareDbos };
}

async function durable(
  url: string,
  component: Component,
  { dataflowId, steps }: { readonly dataflowId: string; readonly steps: number },
): Promise<Contender> {
  const engine = await openBenchEngine(url, { keys: newKeyRingText() });
  return {
    steps,
    async run() {
      await runToEnd(engine, component, dataflowId);
    },
    close: () => engine.close({ drainMs: 0 }),
  };
}

await withBlockDatabase(async (url) => {
  const contender = await contenders[process.argv[2] ?? ""]?.(url);
  if (!contender) throw new Error(`There is no contender "${process.argv[2]}".`);
  await inLanes(runs / 2, lanes, contender.run);
  const start = process.hrtime.bigint();
  await inLanes(runs, lanes, contender.run);
  console.log(Number(process.hrtime.bigint() - start) / 1000 / runs / contender.steps);
  await contender.close();
});
