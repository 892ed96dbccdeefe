import type { OneTimeCodeAuditEvent } from "@onceflow/one-time-code";
import type { Database } from "../../database/open-database.ts";

/** The audit events of codes, in the order of their commits. */
export async function readAudit({ db }: Pick<Database, "db">): Promise<readonly OneTimeCodeAuditEvent[]> {
  const rows = await db.selectFrom("onceflow.audit_events").selectAll().orderBy("seq").execute();
  return rows.map(
    (row) =>
      ({
        event: row.event,
        atMs: Number(row.at_ms),
        tenant: row.tenant,
        userId: row.user_id,
        clientId: row.client_id,
        purpose: row.purpose,
        runId: row.run_id,
        stepId: row.step_id,
        challengeId: row.challenge_id,
        ipClass: row.ip_class,
        ...(row.details as object),
      }) as OneTimeCodeAuditEvent,
  );
}
