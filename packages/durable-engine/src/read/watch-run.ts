import type { RunEvent, SequencedRunEvent } from "@onceflow/step-runtime";
import { orUnavailable } from "../database/connection-failure.ts";
import type { RunReader } from "../database/run-reader.ts";
import type { StateBox } from "../state/create-state-box.ts";
import type { RunNotices } from "./run-notices.ts";

/** Looks at least this often, should a notice be lost. */
const lookMs = 2000;

/** The events of a run after `after`, live until it ends, the reader goes or the engine closes. */
export async function* watchRun(
  runId: string,
  {
    after,
    signal,
    reader,
    boxOf,
    notices,
  }: {
    readonly after: number;
    readonly signal: AbortSignal;
    readonly reader: RunReader;
    readonly boxOf: (runId: string) => StateBox;
    readonly notices: RunNotices;
  },
): AsyncGenerator<SequencedRunEvent> {
  const run = await orUnavailable(() => reader.find(runId));
  if (run === null) return;
  const box = boxOf(runId);
  let wake = (): void => undefined;
  let heard = false;
  const hear = (): void => {
    heard = true;
    wake();
  };
  const end = notices.on(run.id, hear);
  signal.addEventListener("abort", hear);
  try {
    for (let seq = Math.max(0, after); !signal.aborted;) {
      heard = false;
      const { events, more, ended } = await orUnavailable(() => reader.eventsAfter(run.id, seq));
      for (const event of events) {
        if (signal.aborted) return;
        seq = event.seq;
        yield { ...(await box.open<RunEvent>(event.sealed, `event/${seq}`)), seq };
      }
      if (more) continue;
      if (ended) return;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, lookMs);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
        if (heard || signal.aborted) wake();
      });
    }
  } finally {
    end();
    signal.removeEventListener("abort", hear);
  }
}
