import type { Claim, Outbox } from "@onceflow/step-runtime";
import type pg from "pg";
import { storeCall } from "../database/store-unavailable-error.ts";
import { commitOnce } from "../one-time-codes/commit-once.ts";
import { wellFormedText as text } from "../one-time-codes/well-formed-text.ts";
import { listenTo } from "./listen-to.ts";

interface ClaimRecord {
  readonly message_id: string;
  readonly tenant: string;
  readonly idempotency_key: string;
  readonly run_id: string;
  readonly challenge_id: string | null;
  readonly sealed: Buffer;
  readonly tries: number;
  readonly expires_at: string | null;
}

/**
 * The outbox in PostgreSQL: each call is one statement and one commit, by the database's clock. Its claims are those of
 * one tenant: the messages of another are sealed with the keys of another process.
 */
export function createPostgresOutbox({ pool }: { pool: pg.Pool }, { tenant }: { tenant: string }): Outbox {
  const mark = async (
    { messageId, tries }: Claim,
    event: string,
    { reason, delayMs = 0, minSendSeconds = 0 }: { reason?: string; delayMs?: number; minSendSeconds?: number },
  ) => {
    const values = [messageId, tries, event, reason ?? null, delayMs, minSendSeconds * 1000];
    // A mark that is lost is a mail that is sent again, so a broken connection is waited for.
    await commitOnce(() =>
      pool.query({ name: "outbox_mark", text: "SELECT onceflow.outbox_mark($1, $2, $3, $4, $5, $6)", values }),
    );
  };
  return {
    async add(message) {
      const values = [
        crypto.randomUUID(),
        text(message.tenant),
        text(message.idempotencyKey),
        text(message.runId),
        text(message.stepId),
        text(message.clientId),
        message.userId === null ? null : text(message.userId),
        message.challengeId === null ? null : text(message.challengeId),
        message.deliver,
        Buffer.from(message.sealed),
        Math.round(message.delayMs ?? 0),
      ];
      const { rows } = await commitOnce(() =>
        pool.query<{ added: boolean }>({
          name: "outbox_add",
          text: "SELECT onceflow.outbox_add($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) AS added",
          values,
        }),
      );
      return rows[0]?.added === true;
    },
    onAdded: (callback) =>
      // Nothing is said by whoever runs an older version, and for a connection that is new.
      listenTo("onceflow_outbox", { pool, callback: (dueInMs) => callback(Number(dueInMs)) }),
    claim: ({ limit, leaseMs, minSendSeconds }) =>
      storeCall(async () => {
        const { rows } = await pool.query<ClaimRecord>({
          name: "outbox_claim",
          text: "SELECT * FROM onceflow.outbox_claim($1, $2, $3, $4)",
          values: [tenant, limit, leaseMs, minSendSeconds * 1000],
        });
        return rows.map((row) => ({
          messageId: row.message_id,
          tenant: row.tenant,
          idempotencyKey: row.idempotency_key,
          runId: row.run_id,
          challengeId: row.challenge_id,
          sealed: row.sealed,
          tries: row.tries,
          expiresAtMs: row.expires_at === null ? null : Number(row.expires_at),
        }));
      }),
    markSent: (claim) => mark(claim, "delivery_sent", {}),
    markDelayed: (claim, options) => mark(claim, "delivery_delayed", options),
    markFailed: (claim, options) => mark(claim, "delivery_failed", options),
    backlog: () =>
      storeCall(async () => {
        const { rows } = await pool.query<{ waiting: string; oldest_age_ms: string }>({
          name: "outbox_backlog",
          text: `SELECT count(*) AS waiting, coalesce(greatest(otp.now() - min(created_at), 0), 0) AS oldest_age_ms
            FROM onceflow.outbox WHERE tenant = $1 AND state = 'waiting'`,
          values: [tenant],
        });
        return { waiting: Number(rows[0]?.waiting ?? 0), oldestAgeMs: Number(rows[0]?.oldest_age_ms ?? 0) };
      }),
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
