import type pg from "pg";
import type { Hold } from "../database/run-store.ts";

/** The slots of a tenant's workers. */
export interface WorkerSlots {
  /** Takes a slot that is free or whose worker is dead, else a new one. */
  take(): Promise<Hold>;
  /** Says that the worker lives; false when its slot is no longer its own. */
  beat(hold: Hold): Promise<boolean>;
  release(hold: Hold): Promise<void>;
  /** Takes the slots of dead workers from them, and tells who lives, with the version of each: whoever asks does. */
  living(hold: Hold): Promise<readonly { readonly executor: string; readonly version: string }[]>;
}

/** The name of a worker in the journal: of this holder alone, so that what another one left in its slot is taken up. */
export const executorOf = ({ tenant, slot, holder }: Hold): string => `${tenant}/${slot}/${holder}`;

export function createWorkerSlots({
  pool,
  tenant,
  version,
  deadAfterMs,
}: {
  readonly pool: pg.Pool;
  readonly tenant: string;
  readonly version: string;
  readonly deadAfterMs: number;
}): WorkerSlots {
  return {
    async take() {
      const holder = crypto.randomUUID();
      for (;;) {
        const { rows } = await pool.query<{ slot: number }>(
          `WITH free AS (SELECT slot FROM runs.workers
                          WHERE tenant = $1 AND (holder IS NULL OR heartbeat < runs.now() - $4)
                          ORDER BY slot LIMIT 1 FOR UPDATE SKIP LOCKED),
                taken AS (UPDATE runs.workers w SET holder = $2, version = $3, heartbeat = runs.now()
                            FROM free WHERE w.tenant = $1 AND w.slot = free.slot RETURNING w.slot),
                added AS (INSERT INTO runs.workers (tenant, slot, holder, version, heartbeat)
                          SELECT $1, coalesce((SELECT max(slot) FROM runs.workers WHERE tenant = $1), 0) + 1, $2, $3, runs.now()
                           WHERE NOT EXISTS (SELECT FROM free) ON CONFLICT DO NOTHING RETURNING slot)
           SELECT slot FROM taken UNION ALL SELECT slot FROM added`,
          [tenant, holder, version, deadAfterMs],
        );
        const slot = rows[0]?.slot;
        // None: another worker took the same number at the same time.
        if (slot !== undefined) return { tenant, slot, holder };
      }
    },

    async beat({ slot, holder }) {
      const { rowCount } = await pool.query(
        "UPDATE runs.workers SET heartbeat = runs.now() WHERE tenant = $1 AND slot = $2 AND holder = $3",
        [tenant, slot, holder],
      );
      return rowCount === 1;
    },

    async release({ slot, holder }) {
      await pool.query("UPDATE runs.workers SET holder = NULL WHERE tenant = $1 AND slot = $2 AND holder = $3", [
        tenant,
        slot,
        holder,
      ]);
    },

    async living({ slot }) {
      await pool.query(
        `UPDATE runs.workers SET holder = NULL
          WHERE tenant = $1 AND slot <> $3 AND holder IS NOT NULL AND heartbeat < runs.now() - $2`,
        [tenant, deadAfterMs, slot],
      );
      const { rows } = await pool.query<{ slot: number; version: string; holder: string }>(
        "SELECT slot, version, holder::text FROM runs.workers WHERE tenant = $1 AND holder IS NOT NULL",
        [tenant],
      );
      return rows.map(({ version, ...worker }) => ({ executor: executorOf({ tenant, ...worker }), version }));
    },
  };
}
