import type { Engine } from "@onceflow/step-runtime";

/** Waits until a run is over or waits for a person, the time is up or the caller has gone; the run itself goes on. */
export async function waitForEnd(
  runId: string,
  { engine, waitMs, signal }: { engine: Engine; waitMs: number; signal: AbortSignal },
): Promise<void> {
  const enough = AbortSignal.any([AbortSignal.timeout(waitMs), signal]);
  try {
    // Not just up to the last event: the result is there when the stream of events is over.
    for await (const { type } of engine.events(runId, 0, enough)) {
      // An older question may be answered by now.
      if (type === "run-suspended" && (await engine.get(runId))?.question != null) return;
    }
  } catch (error) {
    if (!enough.aborted) throw error;
  }
}
