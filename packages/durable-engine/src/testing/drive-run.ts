import type { Engine, RunResult } from "@onceflow/step-runtime";
import pg from "pg";
import { effectComponent, typed } from "./effect-steps.ts";

/** What people do about a run of {@link effectComponent}: answer, let its time run out, or cancel it. */
export type Scenario = "answer" | "timeout" | "cancel" | "once";

/** Starts a run unless it exists, does what the scenario says, and waits for its end: however often it is called. */
export async function driveRun(
  engine: Engine,
  {
    runId,
    scenario,
    databaseUrl,
  }: { readonly runId: string; readonly scenario: Scenario; readonly databaseUrl: string },
): Promise<RunResult> {
  const component = effectComponent({ type: scenario === "once" ? "effect-once" : "effect" });
  await engine.start({
    runId,
    component,
    dataflowId: "main",
    input: { Name: "Trillian" },
    caller: { clientId: "portal", userId: null, sessionId: "session-1", ipClass: null },
  });
  for await (const { type } of engine.events(runId)) {
    if (type !== "run-suspended") continue;
    const question = (await engine.get(runId))?.question;
    if (!question) continue;
    if (scenario === "cancel") await engine.cancel(runId);
    else if (scenario === "timeout") await endTime(databaseUrl, runId);
    else await engine.answer(runId, question.token, { value: typed, answerId: "answer-1", ipClass: "10.0.0.0/8" });
  }
  const result = (await engine.get(runId))?.result;
  if (!result) throw new Error(`Run "${runId}" has not ended.`);
  return result;
}

/** Lets the time of what a run waits for be over, which takes at least ten seconds else. */
async function endTime(databaseUrl: string, runId: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const waits = "run = (SELECT id FROM runs.runs WHERE run_id = $1) AND winner IS NULL";
  await client.query(`UPDATE runs.waits SET deadline = runs.now() WHERE ${waits}`, [runId]);
  await client.end();
}
