import type pg from "pg";
import { type SegmentKey, type Winner, workflowOf, workflowOfRow } from "./run-rows.ts";

/** Some of the runs that ended so long ago. */
interface Ended {
  readonly afterMs: number;
  readonly limit: number;
}

/** What workers find to do in the tables of runs. */
export interface RunChores {
  /** The waits that are over by time. */
  due(limit: number): Promise<readonly { readonly run: string; readonly segment: number; readonly winner: Winner }[]>;
  /** The segments that have not begun in time, and that the journal does not know. */
  unbegun(limit: number): Promise<readonly SegmentKey[]>;
  /** Runs that ended so long ago and still have a journal, with the ids of its workflows. */
  endedWithJournal(query: Ended): Promise<readonly { readonly run: string; readonly workflows: readonly string[] }[]>;
  dropJournal(runs: readonly string[]): Promise<void>;
  /** Deletes runs that ended so long ago. */
  forget(query: Ended): Promise<void>;
}

export function createRunChores({ pool, tenant }: { readonly pool: pg.Pool; readonly tenant: string }): RunChores {
  return {
    async due(limit) {
      const { rows } = await pool.query<{ run: string; segment: number; winner: Winner }>(
        `(SELECT r.id::text AS run, r.segment, 'deadline' AS winner FROM runs.runs r
           WHERE r.tenant = $1 AND r.status = 'suspended' AND r.deadline <= runs.now() LIMIT $2)
         UNION ALL
         (SELECT w.run::text, w.segment, 'timeout' FROM runs.waits w JOIN runs.runs r ON r.id = w.run
           WHERE r.tenant = $1 AND w.winner IS NULL AND w.deadline <= runs.now() LIMIT $2)`,
        [tenant, limit],
      );
      return rows;
    },

    async unbegun(limit) {
      const { rows } = await pool.query<SegmentKey>(
        `SELECT r.id::text, r.run_id AS "runId", r.segment FROM runs.runs r
          WHERE r.tenant = $1 AND r.begin_by <= runs.now() AND r.status = 'running'
            AND NOT EXISTS (SELECT FROM dbos.workflow_status w
              WHERE w.workflow_uuid = ${workflowOfRow}) LIMIT $2`,
        [tenant, limit],
      );
      return rows;
    },

    async endedWithJournal({ afterMs, limit }) {
      const { rows } = await pool.query<{ id: string; runId: string; segment: number }>(
        `SELECT id::text, run_id AS "runId", segment FROM runs.runs
          WHERE tenant = $1 AND journal AND ended_at < runs.now() - $2 LIMIT $3`,
        [tenant, afterMs, limit],
      );
      return rows.map((run) => ({
        run: run.id,
        workflows: Array.from({ length: run.segment }, (_, index) => workflowOf({ ...run, segment: index + 1 })),
      }));
    },

    async dropJournal(runs) {
      await pool.query("UPDATE runs.runs SET journal = false WHERE id = ANY ($1::bigint[])", [runs]);
    },

    async forget({ afterMs, limit }) {
      await pool.query(
        `DELETE FROM runs.runs WHERE id IN (SELECT id FROM runs.runs
           WHERE tenant = $1 AND NOT journal AND ended_at < runs.now() - $2 LIMIT $3)`,
        [tenant, afterMs, limit],
      );
    },
  };
}
