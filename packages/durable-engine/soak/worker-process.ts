import { setTimeout as pause } from "node:timers/promises";
import { RunsUnavailableError } from "../src/database/connection-failure.ts";
import { driveRun } from "../src/testing/drive-run.ts";
import { createCountingCodes, createEffectSteps } from "../src/testing/effect-steps.ts";
import { openEngine } from "../src/testing/open-engine.ts";

/** What the process is told, as JSON in its first argument. */
export interface WorkerOrder {
  readonly databaseUrl: string;
  readonly keys: string;
  readonly effects: string;
  /** The runs that it starts, answers and watches; it drives any. */
  readonly runIds: readonly string[];
}

/** How it ends when the database is away while it opens. */
const awayCode = 75;

// Whoever watches a run is told that the database is away, and comes back.
const { databaseUrl, keys, effects, runIds } = JSON.parse(process.argv[2] ?? "{}") as WorkerOrder;
const engine = await openEngine(databaseUrl, {
  keys,
  deadAfterMs: 2000,
  steps: createEffectSteps(effects),
  ports: { oneTimeCodes: createCountingCodes(effects) },
}).catch((error: unknown) => {
  if (error instanceof RunsUnavailableError) process.exit(awayCode);
  throw error;
});
await Promise.all(
  runIds.map(async (runId) => {
    for (let ended = false; !ended;) {
      try {
        await driveRun(engine, { runId, scenario: "answer", databaseUrl });
        ended = true;
      } catch (error) {
        if (!(error instanceof RunsUnavailableError)) throw error;
        await pause(100);
      }
    }
  }),
);
await engine.close();
process.disconnect();
