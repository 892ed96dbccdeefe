import { type ApiKeys, apiKeyIdIn, isApiKey, makeApiKey } from "@onceflow/step-runtime";
import { sql } from "kysely";
import type { Database } from "../database/open-database.ts";
import { storeCall } from "../database/store-unavailable-error.ts";

/** The API keys of a tenant; made and revoked in the commit that audits it. */
export function createPostgresApiKeys({ db }: Pick<Database, "db">, { tenant }: { tenant: string }): ApiKeys {
  const apiKeys = db.selectFrom("onceflow.api_keys").where("tenant", "=", tenant);
  const now = sql<number>`otp.now()`;
  return {
    async create({ clientId, scopes }) {
      const { key, keyId, hash } = makeApiKey();
      await storeCall(() =>
        db.transaction().execute(async (transaction) => {
          await transaction
            .insertInto("onceflow.api_keys")
            .values({
              tenant,
              key_id: keyId,
              client_id: clientId,
              scopes: [...scopes],
              hash: Buffer.from(hash),
              created_at: now,
            })
            .execute();
          await transaction
            .insertInto("onceflow.audit_events")
            .values({
              tenant,
              at_ms: now,
              event: "api_key_added",
              client_id: clientId,
              details: { keyId, scopes: [...scopes] },
            })
            .execute();
        }),
      );
      return { keyId, key };
    },
    find: (key) =>
      storeCall(async () => {
        const wanted = apiKeyIdIn(key);
        if (wanted === null) return null;
        const row = await apiKeys
          .select(["key_id", "client_id", "scopes", "hash"])
          .where("key_id", "=", wanted)
          .where("revoked_at", "is", null)
          .executeTakeFirst();
        if (row === undefined || !isApiKey(key, row.hash)) return null;
        return { keyId: row.key_id, clientId: row.client_id, scopes: row.scopes };
      }),
    list: () =>
      storeCall(async () => {
        const rows = await apiKeys
          .select(["key_id", "client_id", "scopes", "created_at", "revoked_at"])
          .orderBy("added")
          .execute();
        return rows.map((row) => ({
          keyId: row.key_id,
          clientId: row.client_id,
          scopes: row.scopes,
          createdAtMs: Number(row.created_at),
          revokedAtMs: row.revoked_at === null ? null : Number(row.revoked_at),
        }));
      }),
    revoke: (keyId) =>
      storeCall(() =>
        db.transaction().execute(async (transaction) => {
          const row = await transaction
            .updateTable("onceflow.api_keys")
            .set({ revoked_at: now })
            .where("tenant", "=", tenant)
            .where("key_id", "=", keyId)
            .where("revoked_at", "is", null)
            .returning("client_id")
            .executeTakeFirst();
          if (row === undefined) return false;
          await transaction
            .insertInto("onceflow.audit_events")
            .values({ tenant, at_ms: now, event: "api_key_revoked", client_id: row.client_id, details: { keyId } })
            .execute();
          return true;
        }),
      ),
  };
}
