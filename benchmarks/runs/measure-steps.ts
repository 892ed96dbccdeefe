import { newKeyRingText } from "@onceflow/one-time-code";
import { inLanes } from "../harness/lanes.ts";
import { closeBareDbos, openBareDbos, runBareSteps } from "./bare-dbos.ts";
import { openBenchEngine } from "./bench-engine.ts";
import { withBlockDatabase } from "./block-database.ts";
import { stepsComponent } from "./components.ts";
import { runToEnd } from "./durable-runs.ts";

// Runs in a fresh process: warms up, then prints the microseconds of a run's step, BENCH_LANES runs at a time.
const steps = 20;
const lanes = Number(process.env["BENCH_LANES"]);
const runs = 10 + 6 * lanes;
const contenders: Readonly<Record<string, (url: string) => Promise<Contender>>> = {
  "bare DBOS steps": async (url) => {
    await openBareDbos(url);
    return { run: () => runBareSteps(steps), close: closeBareDbos };
  },
  "pure steps": (url) => durable(url, "trivial"),
  "steps with an effect": (url) => durable(url, "trivial-effect"),
};

interface Contender {
  readonly run: () => Promise<void>;
  readonly close: () => Promise<void>;
}

async function durable(url: string, type: string): Promise<Contender> {
  const engine = await openBenchEngine(url, { keys: newKeyRingText() });
  const component = stepsComponent(type, steps);
  return {
    async run() {
      await runToEnd(engine, component, "main");
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
  console.log(Number(process.hrtime.bigint() - start) / 1000 / runs / steps);
  await contender.close();
});
