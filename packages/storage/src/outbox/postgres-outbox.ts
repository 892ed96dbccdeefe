import type { Outbox } from "@onceflow/step-runtime";
import type pg from "pg";
import { storeCall } from "../database/store-unavailable-error.ts";

interface ClaimRecord {
  readonly message_id: string;
  readonly tenant: string;
  readonly run_id: string;
  readonly challenge_id: string | null;
  readonly sealed: Buffer;
  readonly tries: number;
  readonly expires_at: string | null;
}

/** The outbox in PostgreSQL: each call is one statement and one commit, by the database's clock. */
export function createPostgresOutbox({ pool }: { pool: pg.Pool }): Outbox {
  const mark = (messageId: string, event: string, reason: string | null, delayMs: number, minSendMs: number) =>
    storeCall(async () => {
      await pool.query("SELECT onceflow.outbox_mark($1, $2, $3, $4, $5)", [
        messageId,
        event,
        reason,
        delayMs,
        minSendMs,
      ]);
    });
  return {
    add: (message) =>
      storeCall(async () => {
        const { tenant, idempotencyKey, runId, stepId, clientId, userId, challengeId, deliver, sealed } = message;
        const { rows } = await pool.query<{ added: boolean }>({
          name: "outbox_add",
          text: "SELECT onceflow.outbox_add($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) AS added",
          values: [
            crypto.randomUUID(),
            tenant,
            idempotencyKey,
            runId,
            stepId,
            clientId,
            userId,
            challengeId,
            deliver,
            Buffer.from(sealed),
          ],
        });
        return rows[0]?.added === true;
      }),
    claim: ({ limit, leaseMs, minSendSeconds }) =>
      storeCall(async () => {
        const { rows } = await pool.query<ClaimRecord>({
          name: "outbox_claim",
          text: "SELECT * FROM onceflow.outbox_claim($1, $2, $3)",
          values: [limit, leaseMs, minSendSeconds * 1000],
        });
        return rows.map((row) => ({
          messageId: row.message_id,
          tenant: row.tenant,
          runId: row.run_id,
          challengeId: row.challenge_id,
          sealed: row.sealed,
          tries: row.tries,
          expiresAtMs: row.expires_at === null ? null : Number(row.expires_at),
        }));
      }),
    markSent: (messageId) => mark(messageId, "delivery_sent", null, 0, 0),
    markDelayed: (messageId, { delayMs, minSendSeconds, reason }) =>
      mark(messageId, "delivery_delayed", reason, delayMs, minSendSeconds * 1000),
    markFailed: (messageId, { reason }) => mark(messageId, "delivery_failed", reason, 0, 0),
    clean: ({ batch }) =>
      storeCall(async () => {
        const { rowCount } = await pool.query(
          `DELETE FROM onceflow.outbox WHERE ctid = ANY (ARRAY(
            SELECT ctid FROM onceflow.outbox WHERE closed_at <= otp.now() - 86400000 LIMIT $1 FOR UPDATE SKIP LOCKED))`,
          [batch],
        );
        return rowCount ?? 0;
      }),
  };
}
