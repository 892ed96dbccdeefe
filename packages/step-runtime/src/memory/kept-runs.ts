import type { MemoryRun } from "./memory-run.ts";

/** How many ids of forgotten runs are remembered at least. */
const rememberedIds = 50_000;

/** The runs of an engine: all that go on, and the newest that are over. */
export interface KeptRuns {
  get(runId: string): MemoryRun | undefined;
  /** Whether a run had this id, even if it is forgotten: an id is never started twice, since steps rely on their idempotency key. */
  hasStarted(runId: string): boolean;
  add(run: MemoryRun): void;
  /** Told when a run is over; forgets the oldest ones when there are too many, or too large ones. */
  hasEnded(run: MemoryRun): void;
  all(): Iterable<MemoryRun>;
}

/** Keeps at least the last `count` ended runs and at most twice as many, as long as their outputs come to less than `bytes`. */
export function createKeptRuns(keep: { readonly count: number; readonly bytes: number }): KeptRuns {
  let runs = new Map<string, MemoryRun>();
  let ended: MemoryRun[] = [];
  let bytes = 0;
  // Two generations: dropping the older one whole is cheaper than dropping its oldest entry each time.
  let forgotten = new Set<string>();
  let forgottenBefore = new Set<string>();

  /** Whole collections are made anew: one that loses an entry for each that it gets keeps all of them from the garbage collector. */
  const forgetOldest = (): void => {
    let first = Math.max(0, ended.length - keep.count);
    let left = ended.slice(first).reduce((sum, run) => sum + run.bytes, 0);
    for (; left > keep.bytes / 2; first += 1) left -= ended[first]?.bytes ?? 0;
    for (const run of ended.slice(0, first)) forgotten.add(run.start.runId);
    ended = ended.slice(first);
    bytes = left;
    const going = [...runs.values()].filter(({ result }) => result === null);
    runs = new Map([...ended, ...going].map((run) => [run.start.runId, run]));
    if (forgotten.size < rememberedIds) return;
    forgottenBefore = forgotten;
    forgotten = new Set();
  };

  return {
    get: (runId) => runs.get(runId),
    hasStarted: (runId) => runs.has(runId) || forgotten.has(runId) || forgottenBefore.has(runId),
    add: (run) => void runs.set(run.start.runId, run),
    hasEnded(run) {
      ended.push(run);
      bytes += run.bytes;
      if (ended.length > 2 * keep.count || bytes > keep.bytes) forgetOldest();
    },
    all: () => runs.values(),
  };
}
