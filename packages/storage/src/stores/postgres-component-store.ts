import { type Component, type ComponentStore, parseComponent, printComponent } from "@onceflow/step-runtime";
import { sql } from "kysely";
import type { Database } from "../database/open-database.ts";
import { storeCall } from "../database/store-unavailable-error.ts";

/** Components with all their versions, as the text that they are printed as. */
export function createPostgresComponentStore(
  { db }: Pick<Database, "db">,
  { tenant }: { tenant: string },
): ComponentStore {
  const newest = db
    .selectFrom("onceflow.components")
    .distinctOn("id")
    .selectAll()
    .where("tenant", "=", tenant)
    .orderBy("id")
    .orderBy("version", "desc");
  return {
    get: (id) =>
      storeCall(async () => {
        const row = await newest.where("id", "=", id).executeTakeFirst();
        return row === undefined ? null : { component: read(row.document), version: row.version };
      }),
    list: () =>
      storeCall(async () =>
        (await newest.execute()).map(({ document, version }) => ({ component: read(document), version })),
      ),
    versions: (id) =>
      storeCall(async () => {
        const rows = await db
          .selectFrom("onceflow.components")
          .select(["version", "stored_at"])
          .where("tenant", "=", tenant)
          .where("id", "=", id)
          .orderBy("version", "desc")
          .execute();
        return rows.map(({ version, stored_at }) => ({ version, storedAtMs: Number(stored_at) }));
      }),
    put: (component, expectedVersion) =>
      storeCall(() =>
        db.transaction().execute(async (transaction) => {
          // Whoever puts the same component waits here: two that saw one version do not both win.
          await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`component ${tenant} ${component.id}`}, 0))`.execute(
            transaction,
          );
          const row = await transaction
            .selectFrom("onceflow.components")
            .select((select) => select.fn.max("version").as("version"))
            .where("tenant", "=", tenant)
            .where("id", "=", component.id)
            .executeTakeFirst();
          const version = row?.version ?? 0;
          if (expectedVersion !== undefined && expectedVersion !== version) return { status: "conflict", version };
          await transaction
            .insertInto("onceflow.components")
            .values({
              tenant,
              id: component.id,
              version: version + 1,
              stored_at: sql<number>`otp.now()`,
              document: printComponent(component),
            })
            .execute();
          return { status: "stored", version: version + 1 };
        }),
      ),
  };
}

/** What was printed by us parses. */
function read(document: string): Component {
  const { component } = parseComponent(document);
  if (component === null) throw new Error("A stored component cannot be read. Restore the database from a backup.");
  return component;
}
