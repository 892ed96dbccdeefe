import { newKeyRingText } from "@onceflow/one-time-code";
import { median } from "../harness/median.ts";
import { answerBare, closeBareDbos, openBareDbos } from "./bare-dbos.ts";
import { openBenchEngine } from "./bench-engine.ts";
import { withBlockDatabase } from "./block-database.ts";
import { answerRun, startAsking } from "./durable-runs.ts";

// Runs in a fresh process: warms up, then prints the median microseconds from an answer to the response, one at a time.
const warmUp = 10;
const answers = 40;

await withBlockDatabase(async (url) => {
  if (process.argv[2] === "bare DBOS recv") {
    await openBareDbos(url);
    await measure(answerBare);
    return closeBareDbos();
  }
  const engine = await openBenchEngine(url, { keys: newKeyRingText() });
  await measure(async () => {
    const runId = crypto.randomUUID();
    return answerRun(engine, runId, await startAsking(engine, runId));
  });
  return engine.close({ drainMs: 0 });
});

async function measure(answer: () => Promise<number>): Promise<void> {
  const times: number[] = [];
  for (let index = 0; index < warmUp + answers; index += 1) times.push(await answer());
  console.log(median(times.slice(warmUp)));
}
