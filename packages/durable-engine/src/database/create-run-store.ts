import { createHash } from "node:crypto";
import type { DBOSClient } from "@dbos-inc/dbos-sdk";
import type { Component } from "@onceflow/step-runtime";
import type pg from "pg";
import { inTransaction } from "./in-transaction.ts";
import {
  hashOf,
  runChannel,
  runColumns,
  type RunRow,
  type SealedEvent,
  type SegmentKey,
  workflowOf,
  workflowOfRow,
} from "./run-rows.ts";
import { searchableText } from "./searchable-text.ts";
import type { Beginning, Claim, Hold, RunStore, SegmentRow, Standing } from "./run-store.ts";

/** The queue of a tenant's segments, and the workflow that runs one. */
export const segmentQueue = (tenant: string): string => `onceflow-${tenant}`;
export const segmentWorkflow = "segment";

/** In what time a process begins a segment that it said it would. */
const beginMs = 3000;

/** The tables of a tenant's runs, beside the journal. */
export function createRunStore({
  pool,
  tenant,
  journal,
  deadAfterMs,
}: {
  readonly pool: pg.Pool;
  readonly tenant: string;
  readonly journal: DBOSClient;
  /** How old a worker's heartbeat is when others may take its slot. */
  readonly deadAfterMs: number;
}): RunStore {
  /** The digests of components that are stored. */
  const stored = new WeakMap<Component, Buffer>();

  const storeComponent = async (component: Component): Promise<Buffer> => {
    const document = JSON.stringify(component);
    const digest = createHash("sha256").update(document).digest();
    await pool.query("INSERT INTO runs.components (digest, document) VALUES ($1, $2) ON CONFLICT DO NOTHING", [
      digest,
      document,
    ]);
    stored.set(component, digest);
    return digest;
  };

  /** Part of the transaction: a segment is queued exactly when what leads to it is stored. */
  const enqueue = (client: pg.PoolClient, segment: SegmentKey) =>
    journal.enqueueInTransaction(
      client,
      {
        queueName: segmentQueue(tenant),
        workflowName: segmentWorkflow,
        workflowID: workflowOf(segment),
      },
      segment.id,
      segment.segment,
    );

  const withinMs = (beginning: Beginning) => (beginning === "here" ? beginMs : null);

  const claimIn = async (
    client: pg.PoolClient,
    run: RunRow,
    { segment, claim, beginning }: { segment: number; claim: Claim; beginning: Beginning },
  ): Promise<SegmentKey | null> => {
    if (run.status !== "suspended" || run.segment !== segment) return null;
    const { rowCount } = await client.query(
      `UPDATE runs.waits SET winner = $3, answer_hash = $4, sealed_resumption = $5
        WHERE run = $1 AND segment = $2 AND winner IS NULL
          AND CASE $3 WHEN 'answer' THEN deadline IS NULL OR deadline > runs.now()
                      WHEN 'timeout' THEN deadline <= runs.now() ELSE true END`,
      [run.id, segment, claim.winner, claim.answerHash ?? null, claim.sealedResumption ?? null],
    );
    if (rowCount === 0) return null;
    await client.query(
      `UPDATE runs.runs SET segment = segment + 1, tries = 0, status = 'running', begin_by = runs.now() + $3,
              sealed_caller = coalesce($2, sealed_caller)
        WHERE id = $1`,
      [run.id, claim.sealedCaller ?? null, withinMs(beginning)],
    );
    const next = { id: run.id, runId: run.runId, segment: segment + 1 };
    if (beginning === "queued") await enqueue(client, next);
    return next;
  };

  const lockRun = async (client: pg.PoolClient, run: string): Promise<RunRow | undefined> => {
    const { rows } = await client.query<RunRow>(
      `SELECT ${runColumns} FROM runs.runs r WHERE r.id = $1 FOR NO KEY UPDATE`,
      [run],
    );
    return rows[0];
  };

  const keepTold = async (client: pg.Pool | pg.PoolClient, run: string): Promise<number> => {
    // Events behind a gap were never shown, see RunReader.
    const { rows } = await client.query<{ kept: number }>(
      `WITH numbered AS (SELECT seq, row_number() OVER (ORDER BY seq) AS place FROM runs.events WHERE run = $1),
            dropped AS (DELETE FROM runs.events WHERE run = $1 AND seq IN
              (SELECT seq FROM numbered WHERE seq <> place))
       SELECT count(*)::int AS kept FROM numbered WHERE seq = place`,
      [run],
    );
    return rows[0]?.kept ?? 0;
  };

  /** Ends a segment by a statement of {@link ownSegment}, whose first values it gives. */
  const endSegment = async (
    { run, segment }: { readonly run: string; readonly segment: number },
    hold: Hold,
    { name, text, values }: { readonly name: string; readonly text: string; readonly values: readonly unknown[] },
  ): Promise<{ held: boolean; open: boolean; cancelled: boolean } | undefined> => {
    const { rows } = await pool.query<{ held: boolean; open: boolean; cancelled: boolean }>({
      name,
      text,
      values: [run, segment, hold.tenant, hold.slot, hold.holder, ...values],
    });
    return rows[0];
  };

  return {
    async now() {
      const { rows } = await pool.query<{ now: number }>("SELECT runs.now()::float8 AS now");
      return rows[0]?.now ?? 0;
    },

    async create(run, beginning) {
      const digest = stored.get(run.component) ?? (await storeComponent(run.component));
      const insert = async (client: pg.Pool | pg.PoolClient) => {
        const { rows } = await client.query<{ id: string }>({
          name: "runs.create",
          text: `INSERT INTO runs.runs (tenant, run_id, component, component_id, dataflow_id, client_id, user_id, status,
             started_at, deadline, begin_by, sealed_caller, sealed_start)
           VALUES ($1, $2, $3, $4, $5, $6, $7, 'running', runs.now(), runs.now() + $8, runs.now() + $9, $10, $11)
           ON CONFLICT DO NOTHING RETURNING id::text`,
          values: [
            tenant,
            run.runId,
            digest,
            run.component.id,
            run.dataflowId,
            run.clientId,
            run.userId,
            run.deadlineMs,
            withinMs(beginning),
            run.sealedCaller,
            run.sealedStart,
          ],
        });
        const id = rows[0]?.id;
        return id === undefined ? null : { id, runId: run.runId, segment: 1 };
      };
      if (beginning === "here") return insert(pool);
      return inTransaction(pool, async (client) => {
        const segment = await insert(client);
        if (segment !== null) await enqueue(client, segment);
        return segment;
      });
    },

    async beginSegment(run, segment, { tenant, slot, holder }) {
      const { rows } = await pool.query<
        Omit<SegmentRow, "wait" | "standing"> & NonNullable<SegmentRow["wait"]> & Standing
      >({
        name: "runs.begin",
        text: `WITH ${heldSlot},
              got AS (SELECT r.tries, (SELECT count(*) FROM dbos.operation_outputs o
                         WHERE o.workflow_uuid = ${workflowOfRow}) AS records
                        FROM runs.runs r WHERE r.id = $4),
              r AS (UPDATE runs.runs r SET tries_at_record = got.records, begin_by = NULL,
                      tries = CASE WHEN got.records > r.tries_at_record THEN 1 ELSE r.tries + 1 END
                      FROM got WHERE r.id = $4 AND r.segment = $5 AND r.status = 'running'
                    RETURNING ${runColumns}, r.tries, got.tries > 0 AS repeated, r.sealed_start AS "sealedStart",
                      r.cancelled, r.deadline)
         SELECT r.*, w.winner, w.events, w.sealed_checkpoint AS "sealedCheckpoint",
                w.sealed_resumption AS "sealedResumption", ${standing("$6")}, ${flushedLater}
           FROM r LEFT JOIN runs.waits w ON w.run = $4 AND w.segment = $5 - 1`,
        values: [tenant, slot, holder, run, segment, deadAfterMs],
      });
      const [row] = rows;
      if (row === undefined) return null;
      const { winner, events, sealedCheckpoint, sealedResumption, held, cancelled, overdue, leaseMs } = row;
      return {
        ...row,
        standing: { held, cancelled, overdue, leaseMs },
        wait: winner && { winner, events, sealedCheckpoint, sealedResumption },
      };
    },

    async records(segment) {
      return (await journal.listWorkflowSteps(workflowOf(segment))) ?? [];
    },

    async component(digest) {
      const { rows } = await pool.query<{ document: string }>(
        "SELECT document FROM runs.components WHERE digest = $1",
        [digest],
      );
      return JSON.parse(rows[0]?.document ?? "null") as Component;
    },

    async proceed(run, events, { tenant, slot, holder }) {
      const { rows } = await pool.query<Standing>({
        name: "runs.proceed",
        text: `WITH ${heldSlot},
              written AS (INSERT INTO runs.events (run, seq, sealed)
                SELECT $4, seq, sealed FROM unnest($5::int[], $6::bytea[]) AS given (seq, sealed)
                 WHERE EXISTS (SELECT FROM hold) ON CONFLICT DO NOTHING RETURNING seq),
              told AS (SELECT pg_notify('${runChannel}', $4::text) WHERE EXISTS (SELECT FROM written))
         SELECT ${standing("$7")}, (SELECT count(*) FROM told) AS told, ${flushedLater}
           FROM runs.runs r WHERE r.id = $4`,
        values: [tenant, slot, holder, run, ...columnsOf(events), deadAfterMs],
      });
      return rows[0] ?? { held: false, cancelled: false, overdue: false, leaseMs: 0 };
    },

    async intend(run, step) {
      const { rowCount } = await pool.query(
        "INSERT INTO runs.intents (run, step) VALUES ($1, $2) ON CONFLICT DO NOTHING",
        [run, step],
      );
      return rowCount === 1;
    },

    keepTold: (run) => keepTold(pool, run),

    async suspend({ token, deadline, count, events, sealedQuestion, sealedCheckpoint, ...segment }, hold) {
      const own = await endSegment(segment, hold, {
        name: "runs.suspend",
        text: `WITH ${ownSegment("NOT r.cancelled")},
              wait AS (INSERT INTO runs.waits
                (run, segment, token_hash, deadline, events, sealed_question, sealed_checkpoint)
                SELECT $1, $2, $8, $9, $10, $11, $12 FROM may),
              run AS (UPDATE runs.runs SET status = 'suspended' WHERE id = $1 AND EXISTS (SELECT FROM may))
         SELECT own.held, own.open, own.cancelled, (SELECT pg_notify('${runChannel}', $1::text) FROM may) FROM own`,
        values: [...columnsOf(events), hashOf(token), deadline, count, sealedQuestion, sealedCheckpoint],
      });
      if (!own?.held) return "lost";
      // Not open: stored before, by a try whose answer was lost.
      return own.open && own.cancelled ? "cancelled" : "suspended";
    },

    async finish({ status, events, sealedResult, ...segment }, hold) {
      const own = await endSegment(segment, hold, {
        name: "runs.finish",
        // What people typed is needed no longer.
        text: `WITH ${ownSegment("true")},
              run AS (UPDATE runs.runs SET status = $8, ended_at = runs.now(), sealed_result = $9, sealed_start = NULL
                WHERE id = $1 AND EXISTS (SELECT FROM may)),
              waits AS (UPDATE runs.waits SET sealed_question = NULL, sealed_checkpoint = NULL, sealed_resumption = NULL
                WHERE run = $1 AND EXISTS (SELECT FROM may)),
              intents AS (DELETE FROM runs.intents WHERE run = $1 AND EXISTS (SELECT FROM may))
         SELECT own.held, own.open, own.cancelled, (SELECT pg_notify('${runChannel}', $1::text) FROM may) FROM own`,
        values: [...columnsOf(events), status, sealedResult],
      });
      if (!own?.held) return "lost";
      return own.open ? "ended" : "over";
    },

    claim: (run, segment, claim, beginning) =>
      inTransaction(pool, async (client) => {
        const row = await lockRun(client, run);
        return row === undefined ? null : claimIn(client, row, { segment, claim, beginning });
      }),

    queue: (segment) =>
      inTransaction(pool, async (client) => {
        const { rowCount } = await client.query(
          `UPDATE runs.runs SET begin_by = NULL
            WHERE id = $1 AND segment = $2 AND status = 'running' AND begin_by <= runs.now()`,
          [segment.id, segment.segment],
        );
        if (rowCount === 1) await enqueue(client, segment);
      }),

    abandon: (run, segment) =>
      inTransaction(pool, async (client) => {
        const row = await lockRun(client, run);
        if (row?.segment !== segment || row.status !== "running") return;
        const told = await keepTold(client, run);
        await client.query(
          `INSERT INTO runs.waits (run, segment, token_hash, winner, events)
           VALUES ($1, $2, $3, 'version-gone', $4)`,
          [run, segment, hashOf(crypto.randomUUID()), told],
        );
        await client.query("UPDATE runs.runs SET segment = segment + 1, tries = 0 WHERE id = $1", [run]);
        await enqueue(client, { id: row.id, runId: row.runId, segment: segment + 1 });
      }),

    cancel: (runId) =>
      inTransaction(pool, async (client) => {
        const { rows } = await client.query<RunRow>(
          `UPDATE runs.runs r SET cancelled = true WHERE r.tenant = $1 AND r.run_id = $2 AND r.ended_at IS NULL
           RETURNING ${runColumns}`,
          [tenant, searchableText(runId)],
        );
        const [run] = rows;
        if (run === undefined) return;
        await claimIn(client, run, { segment: run.segment, claim: { winner: "cancel" }, beginning: "queued" });
        await client.query("SELECT pg_notify($1, $2)", [runChannel, `${run.id}!`]);
      }),
  };
}

/**
 * Part of a statement whose commit need not wait for the disk, since a crash of the database may lose what it wrote.
 * PostgreSQL reads the setting when it commits, and forgets it then.
 */
const flushedLater = "set_config('synchronous_commit', 'off', true) AS flushed";

/** The CTE `hold`: the slot $1 to $3 of a worker, if it holds it. */
const heldSlot = "hold AS (SELECT heartbeat FROM runs.workers WHERE tenant = $1 AND slot = $2 AND holder = $3)";

/** The columns of a {@link Standing}, of the run `r` and {@link heldSlot}. */
const standing = (deadAfterMs: string): string => `EXISTS (SELECT FROM hold) AS held, r.cancelled,
  r.deadline <= runs.now() AS overdue,
  coalesce((SELECT least(heartbeat + ${deadAfterMs}, r.deadline) - runs.now() FROM hold), 0)::float8 AS "leaseMs"`;

/**
 * Locks run $1 and the slot $3 to $5 of its worker, so that nobody takes them meanwhile, and writes the events $6 and $7
 * ({@link columnsOf} them) unless they are there: all that if the worker holds its slot, and segment $2 is open. `may` has
 * a row then.
 */
const ownSegment = (condition: string): string => `
  hold AS (SELECT FROM runs.workers WHERE tenant = $3 AND slot = $4 AND holder = $5 FOR SHARE),
  own AS (SELECT EXISTS (SELECT FROM hold) AS held, r.cancelled, r.segment = $2 AND r.status = 'running' AS open,
            ${condition} AS fits FROM runs.runs r WHERE r.id = $1 FOR NO KEY UPDATE OF r),
  may AS MATERIALIZED (SELECT FROM own WHERE held AND open AND fits),
  written AS (INSERT INTO runs.events (run, seq, sealed)
    SELECT $1::bigint, seq, sealed FROM may, unnest($6::int[], $7::bytea[]) AS given (seq, sealed) ON CONFLICT DO NOTHING)`;

function columnsOf(events: readonly SealedEvent[]): [number[], Buffer[]] {
  return [events.map(({ seq }) => seq), events.map(({ sealed }) => sealed)];
}
