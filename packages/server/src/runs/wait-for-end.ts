import type { Engine } from "@onceflow/step-runtime";

/** Waits until a run is over or waits for a person, the time is up or the caller has gone; the run itself goes on. */
export async function waitForEnd(
  runId: string,
  { engine, waitMs, signal }: { engine: Engine; waitMs: number; signal: AbortSignal },
): Promise<void> {
  const enough = AbortSignal.any([AbortSignal.timeout(waitMs), signal]);
  const events = engine.events(runId, 0, enough)[Symbol.asyncIterator]();
  try {
    // Not just up to the last event: the result is there when the stream of events is over.
    for (let next = await events.next(); next.done !== true; next = await events.next()) {
      // An older question may be answered by now.
      if (next.value.type === "run-suspended" && (await engine.get(runId))?.question != null) return;
    }
  } catch (error) {
    if (!enough.aborted) throw error;
  }
}
