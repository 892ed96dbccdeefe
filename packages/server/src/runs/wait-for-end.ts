import type { Engine } from "@onceflow/step-runtime";

/** Waits until a run is over, the time is up or the caller has gone; the run itself goes on. */
export async function waitForEnd(
  runId: string,
  { engine, waitMs, signal }: { engine: Engine; waitMs: number; signal: AbortSignal },
): Promise<void> {
  const enough = AbortSignal.any([AbortSignal.timeout(waitMs), signal]);
  const events = engine.events(runId, 0, enough)[Symbol.asyncIterator]();
  try {
    // Not just up to the last event: the result is there when the stream of events is over.
    while ((await events.next()).done !== true);
  } catch (error) {
    if (!enough.aborted) throw error;
  }
}
