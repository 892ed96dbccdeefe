import type { SequencedRunEvent } from "../ports/engine.ts";
import type { MemoryRun } from "./memory-run.ts";

/** The events of a run after `after`, live until it ends or the reader goes. */
export async function* watchRun(
  run: MemoryRun | undefined,
  after: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<SequencedRunEvent> {
  if (!run) return;
  for (let seq = Math.max(0, after); ;) {
    if (signal?.aborted) return;
    const event = run.events[seq];
    if (event) {
      seq += 1;
      yield { ...event, seq };
    } else if (run.result) {
      return;
    } else {
      await moreThan(seq, run, signal);
    }
  }
}

/** Waits until a run has more than `count` events, has ended, or the reader goes. */
function moreThan(count: number, run: MemoryRun, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const wake = () => {
      if (run.events.length <= count && !run.result && !signal?.aborted) return;
      run.watchers.delete(wake);
      signal?.removeEventListener("abort", wake);
      resolve();
    };
    run.watchers.add(wake);
    signal?.addEventListener("abort", wake);
  });
}
