import { contenders } from "./contenders.ts";

// Runs in a fresh process: warms up, then prints the microseconds of one run.
const warmUp = 5000;
const runs = 100_000;
const run = await contenders[process.argv[2] ?? ""]?.();
if (!run) throw new Error(`There is no contender "${process.argv[2]}".`);
for (let index = 0; index < warmUp; index += 1) {
  if ((await run()) !== "482913") throw new Error("The run did not show the code.");
}
const start = process.hrtime.bigint();
for (let index = 0; index < runs; index += 1) await run();
console.log(Number(process.hrtime.bigint() - start) / 1000 / runs);
