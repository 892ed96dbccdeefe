import type { AuditLog, AuditTally, Clock } from "@onceflow/step-runtime";

/**
 * How long a place of the trail is recounted. An entry appears when its transaction commits, which may be after entries
 * with a higher `seq`; no statement of the stores runs for half of this time.
 */
const settleMs = 60_000;

/** How often each event was written, by `event` and by `event/reason`. */
export type TrailCounts = ReadonlyMap<string, number>;

/**
 * Counts what is written to the audit trail, by whatever process, from the first reading on. Each entry counts once,
 * and a reading costs what was written in the last minutes, however long the trail is.
 */
export function createTrailReader(audit: AuditLog, { clock }: { readonly clock: Clock }): () => Promise<TrailCounts> {
  const settled = new Map<string, number>();
  /** All entries up to here are in `settled`. */
  let settledTo: number | null = null;
  let mark: { readonly seq: number; readonly atMs: number } | null = null;

  return async () => {
    const [newest] = await audit.list({ limit: 1 });
    const seq = newest?.seq ?? 0;
    settledTo ??= seq;
    if (mark !== null && clock.now() - mark.atMs >= settleMs) {
      add(settled, await audit.tally({ after: settledTo, upTo: mark.seq }));
      settledTo = mark.seq;
      mark = null;
    }
    mark ??= { seq, atMs: clock.now() };
    const counts = new Map(settled);
    add(counts, await audit.tally({ after: settledTo }));
    return counts;
  };
}

function add(counts: Map<string, number>, tallies: readonly AuditTally[]): void {
  for (const { event, reason, count } of tallies) {
    const key = reason === null ? event : `${event}/${reason}`;
    counts.set(key, (counts.get(key) ?? 0) + count);
  }
}
