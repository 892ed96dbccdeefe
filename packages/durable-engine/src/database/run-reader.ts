import type { RunQuery } from "@onceflow/step-runtime";
import type pg from "pg";
import { hashOf, type RunRow, runColumns, type SealedEvent, type Winner } from "./run-rows.ts";
import { searchableText } from "./searchable-text.ts";

/** A wait as an answer finds it. */
interface WaitRow {
  readonly segment: number;
  readonly winner: Winner | null;
  readonly answerHash: Buffer | null;
  readonly overdue: boolean;
  readonly sealedQuestion: Buffer | null;
}

/** A run with all that its owner sees, of one moment. */
interface ViewRow extends RunRow {
  /** Of the wait that is open. */
  readonly sealedQuestion: Buffer | null;
  /** In order. */
  readonly events: readonly Buffer[];
}

/**
 * Reads the tables of runs; each method is one statement. Events are shown up to the first gap: what a crash of the
 * database lost of them is written again when the segment ends.
 */
export interface RunReader {
  find(runId: string): Promise<RunRow | null>;
  findWait(run: string, token: string): Promise<WaitRow | null>;
  /** `more`: there are more events by now; `ended`: there will be none. */
  eventsAfter(
    run: string,
    after: number,
  ): Promise<{ readonly events: readonly SealedEvent[]; readonly more: boolean; readonly ended: boolean }>;
  view(runId: string): Promise<ViewRow | null>;
  /** The newest first. */
  list(query: RunQuery): Promise<readonly RunRow[]>;
}

const wanted = (id: string | undefined): string | null => (id === undefined ? null : searchableText(id));

/** How many events are read at a time. */
const pageSize = 500;

export function createRunReader({ pool, tenant }: { readonly pool: pg.Pool; readonly tenant: string }): RunReader {
  return {
    async find(runId) {
      const { rows } = await pool.query<RunRow>(
        `SELECT ${runColumns} FROM runs.runs r WHERE r.tenant = $1 AND r.run_id = $2`,
        [tenant, searchableText(runId)],
      );
      return rows[0] ?? null;
    },

    async findWait(run, token) {
      const { rows } = await pool.query<WaitRow>(
        `SELECT segment, winner, answer_hash AS "answerHash", sealed_question AS "sealedQuestion",
                coalesce(deadline <= runs.now(), false) AS overdue
           FROM runs.waits WHERE run = $1 AND token_hash = $2`,
        [run, hashOf(token)],
      );
      return rows[0] ?? null;
    },

    async eventsAfter(run, after) {
      const { rows } = await pool.query<{ seq: number | null; sealed: Buffer; ended: boolean }>({
        name: "runs.events_after",
        text: `SELECT e.seq, e.sealed, r.ended_at IS NOT NULL AS ended
           FROM runs.runs r LEFT JOIN runs.events e ON e.run = r.id AND e.seq > $2::bigint
          WHERE r.id = $1 ORDER BY e.seq LIMIT ${pageSize}`,
        values: [run, after],
      });
      const events = rows.flatMap(({ seq, sealed }, index) => (seq === after + 1 + index ? [{ seq, sealed }] : []));
      const more = events.length === pageSize;
      return { events, more, ended: !more && (rows[0]?.ended ?? true) };
    },

    async view(runId) {
      const { rows } = await pool.query<RunRow & { sealedQuestion: Buffer | null; events: string | null }>(
        `SELECT ${runColumns}, w.sealed_question AS "sealedQuestion",
                (SELECT string_agg(encode(e.sealed, 'hex'), ' ' ORDER BY e.seq) FROM
                  (SELECT seq, sealed, row_number() OVER (ORDER BY seq) AS place FROM runs.events WHERE run = r.id) e
                  WHERE e.seq = e.place) AS events
           FROM runs.runs r LEFT JOIN runs.waits w ON w.run = r.id AND w.segment = r.segment AND w.winner IS NULL
          WHERE r.tenant = $1 AND r.run_id = $2`,
        [tenant, searchableText(runId)],
      );
      const [row] = rows;
      return row ? { ...row, events: row.events?.split(" ").map((hex) => Buffer.from(hex, "hex")) ?? [] } : null;
    },

    async list({ status, componentId, dataflowId, clientId, userId, fromMs, toMs, before, limit = 50 }) {
      const { rows } = await pool.query<RunRow>(
        `SELECT ${runColumns} FROM runs.runs r
          WHERE r.tenant = $1 AND ($2::text IS NULL OR r.status = $2) AND ($3::text IS NULL OR r.component_id = $3)
            AND ($4::text IS NULL OR r.dataflow_id = $4) AND ($5::text IS NULL OR r.client_id = $5)
            AND ($6::text IS NULL OR r.user_id = $6) AND ($7::bigint IS NULL OR r.started_at >= $7)
            AND ($8::bigint IS NULL OR r.started_at < $8)
            AND ($9::text IS NULL OR r.id < (SELECT b.id FROM runs.runs b WHERE b.tenant = $1 AND b.run_id = $9))
          ORDER BY r.id DESC LIMIT $10`,
        [
          tenant,
          status ?? null,
          wanted(componentId),
          wanted(dataflowId),
          wanted(clientId),
          wanted(userId),
          fromMs ?? null,
          toMs ?? null,
          wanted(before),
          limit,
        ],
      );
      return rows;
    },
  };
}
