import {
  builtInSteps,
  createStepRegistry,
  parseComponent,
  printComponent,
  validateComponent,
} from "@onceflow/step-runtime";
import { buildChain, buildComponent, buildDataflow } from "@onceflow/step-runtime/testing/component-builder";
import { blockCount } from "../harness/block-count.ts";
import { checkMachine } from "../harness/check-machine.ts";
import { median } from "../harness/median.ts";

// What checking a component costs, beside what JSON.parse costs on the same text in the same run.
const steps = createStepRegistry(builtInSteps);
const rounds = blockCount(15);
checkMachine();

console.log("\nDocument: a chain of steps, as ratios to JSON.parse of its text\n");
for (const size of [100, 1000, 10_000]) {
  const component = buildComponent({ dataflows: [buildDataflow(buildChain(size))] });
  const text = printComponent(component);
  const parse: number[] = [];
  const read: number[] = [];
  const validate: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    parse.push(timeMs(() => JSON.parse(text)));
    read.push(timeMs(() => parseComponent(text)));
    validate.push(timeMs(() => validateComponent(component, steps)));
  }
  const floor = median(parse);
  const row = (name: string, times: readonly number[]) =>
    `${name} ${median(times).toFixed(2)} ms (× ${(median(times) / floor).toFixed(1)})`;
  console.log(
    `${String(size).padStart(6)} steps: JSON.parse ${floor.toFixed(2)} ms, ${row("parseComponent", read)}, ${row("validateComponent", validate)}`,
  );
}

function timeMs(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}
