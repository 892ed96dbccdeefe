import type { AuditLog, JsonObject } from "@onceflow/step-runtime";
import { sql } from "kysely";
import type { Database } from "../database/open-database.ts";
import { storeCall } from "../database/store-unavailable-error.ts";
import { wellFormedText as text } from "../one-time-codes/well-formed-text.ts";

/** The audit trail of a tenant, as the stores wrote it. */
export function createPostgresAuditLog({ db }: Pick<Database, "db">, { tenant }: { tenant: string }): AuditLog {
  return {
    list: (query) =>
      storeCall(async () => {
        const { events = [], userId, clientId, runId, challengeId, fromMs, toMs, before, limit } = query;
        let rows = db.selectFrom("onceflow.audit_events").selectAll().where("tenant", "=", tenant);
        if (events.length > 0) rows = rows.where("event", "in", events.map(text));
        // As the code store writes them.
        if (userId !== undefined) rows = rows.where("user_id", "=", text(userId));
        if (clientId !== undefined) rows = rows.where("client_id", "=", text(clientId));
        if (runId !== undefined) rows = rows.where("run_id", "=", text(runId));
        if (challengeId !== undefined) rows = rows.where("challenge_id", "=", text(challengeId));
        if (fromMs !== undefined) rows = rows.where("at_ms", ">=", fromMs);
        if (toMs !== undefined) rows = rows.where("at_ms", "<", toMs);
        if (before !== undefined) rows = rows.where("seq", "<", String(before));
        const found = await rows.orderBy("seq", "desc").limit(limit).execute();
        return found.map((row) => ({
          seq: Number(row.seq),
          atMs: Number(row.at_ms),
          event: row.event,
          userId: row.user_id,
          clientId: row.client_id,
          purpose: row.purpose,
          runId: row.run_id,
          stepId: row.step_id,
          challengeId: row.challenge_id,
          ipClass: row.ip_class,
          details: row.details as JsonObject,
        }));
      }),
    tally: ({ after, upTo }) =>
      storeCall(async () => {
        const reason = sql<string | null>`coalesce(details->>'reason', details->>'scope')`;
        let rows = db
          .selectFrom("onceflow.audit_events")
          .select(["event", reason.as("reason"), sql<string>`count(*)`.as("count")])
          .where("tenant", "=", tenant)
          .where("seq", ">", String(after));
        if (upTo !== undefined) rows = rows.where("seq", "<=", String(upTo));
        const found = await rows.groupBy(["event", reason]).execute();
        return found.map(({ count, ...row }) => ({ ...row, count: Number(count) }));
      }),
  };
}
