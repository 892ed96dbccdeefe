import type { Component, Engine, RunResult } from "@onceflow/step-runtime";
import { caller } from "../engine/for-test-code-ports.ts";
import { askingComponent } from "./components.ts";

/** Starts a run and waits for its end, as a caller does who wants the result. */
export async function runToEnd(engine: Engine, component: Component, dataflowId: string): Promise<RunResult> {
  const runId = crypto.randomUUID();
  await engine.start({ runId, component, dataflowId, input: {}, caller });
  return resultOf(engine, runId);
}

/** Starts a run that asks, and returns its question's token. */
export async function startAsking(engine: Engine, runId: string): Promise<string> {
  await engine.start({ runId, component: askingComponent, dataflowId: "main", input: {}, caller });
  for await (const { type } of engine.events(runId)) if (type === "run-suspended") break;
  return tokenOf(engine, runId);
}

export async function tokenOf(engine: Engine, runId: string): Promise<string> {
  const token = (await engine.get(runId))?.question?.token;
  if (token === undefined) throw new Error("The run does not wait.");
  return token;
}

/** Answers a run that asks; returns the microseconds from the answer to its response. */
export async function answerRun(engine: Engine, runId: string, token: string): Promise<number> {
  const start = process.hrtime.bigint();
  const { status } = await engine.answer(runId, token, {
    value: { Name: "Zaphod" },
    answerId: "answer-1",
    ipClass: null,
  });
  const { response } = await resultOf(engine, runId);
  const us = Number(process.hrtime.bigint() - start) / 1000;
  if (status !== "accepted" || (response as { name?: unknown } | null)?.name !== "Zaphod") {
    throw new Error("The answer was lost.");
  }
  return us;
}

async function resultOf(engine: Engine, runId: string): Promise<RunResult> {
  for await (const event of engine.events(runId)) {
    if (event.type === "run-failed") throw new Error(event.error.message);
  }
  const result = (await engine.get(runId))?.result;
  if (result?.status !== "completed") throw new Error("The run has not completed.");
  return result;
}
