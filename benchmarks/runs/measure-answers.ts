import { newKeyRingText } from "@onceflow/one-time-code";
import { median } from "../harness/median.ts";
import { answerBare, closeBareDbos, openBareDbos } from "./bare-dbos.ts";
import { openBenchEngine } from "./bench-engine.ts";
import { withBlockDatabase } from "./block-database.ts";
import { answerRun, startAsking } from "./durable-runs.ts";
import { serveAsking } from "./serve-asking.ts";

// Runs in a fresh process: warms up, then prints the median microseconds from an answer to the response, one at a time.
const warmUp = 10;
const answers = 40;
const contenders: Readonly<Record<string, (url: string) => Promise<Contender>>> = {
  "bare DBOS recv": async (url) => {
    await openBareDbos(url);
    return { answer: answerBare, close: closeBareDbos };
  },
  answer: async (url) => {
    const engine = await openBenchEngine(url, { keys: newKeyRingText() });
    return {
      async answer() {
        const runId = crypto.randomUUID();
        return answerRun(engine, runId, await startAsking(engine, runId));
      },
      close: () => engine.close({ drainMs: 0 }),
    };
  },
  "answer over HTTP": serveAsking,
};

interface Contender {
  readonly answer: () => Promise<number>;
  readonly close: () => Promise<void>;
}

await withBlockDatabase(async (url) => {
  const contender = await contenders[process.argv[2] ?? ""]?.(url);
  if (!contender) throw new Error(`There is no contender "${process.argv[2]}".`);
  const times: number[] = [];
  for (let index = 0; index < warmUp + answers; index += 1) times.push(await contender.answer());
  console.log(median(times.slice(warmUp)));
  await contender.close();
});
