import type { Client, ClientRegistry } from "@onceflow/step-runtime";
import { sql } from "kysely";
import type { Database } from "../database/open-database.ts";
import { storeCall } from "../database/store-unavailable-error.ts";
import { searchableText } from "./searchable-text.ts";

/** The registered clients. */
export function createPostgresClients({ db }: Pick<Database, "db">, { tenant }: { tenant: string }): ClientRegistry {
  const clients = db.selectFrom("onceflow.clients").select(["id", "name", "test"]).where("tenant", "=", tenant);
  return {
    get: (id) =>
      storeCall(
        async (): Promise<Client | null> =>
          (await clients.where("id", "=", searchableText(id)).executeTakeFirst()) ?? null,
      ),
    list: () => storeCall(() => clients.orderBy("added").execute()),
    put: ({ id, name, test }) =>
      storeCall(() =>
        db.transaction().execute(async (transaction) => {
          await transaction
            .insertInto("onceflow.clients")
            .values({ tenant, id, name, test })
            .onConflict((conflict) => conflict.columns(["tenant", "id"]).doUpdateSet({ name, test }))
            .execute();
          await transaction
            .insertInto("onceflow.audit_events")
            .values({ tenant, at_ms: sql<number>`otp.now()`, event: "client_put", client_id: id, details: {} })
            .execute();
        }),
      ),
  };
}
