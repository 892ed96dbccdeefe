import { type ComponentStore, parseComponent, printComponent, type StoredComponent } from "@onceflow/step-runtime";
import { type Kysely, sql } from "kysely";
import type { Database } from "../database/open-database.ts";
import { storeCall } from "../database/store-unavailable-error.ts";
import type { Tables } from "../database/tables.ts";
import { searchableText } from "./searchable-text.ts";

/** Components with all their versions, as the text that they are printed as. */
export function createPostgresComponentStore(
  { db }: Pick<Database, "db">,
  { tenant }: { tenant: string },
): ComponentStore {
  const all = db
    .selectFrom("onceflow.components as component")
    .leftJoin("onceflow.published_components as published", (join) =>
      join.onRef("published.tenant", "=", "component.tenant").onRef("published.id", "=", "component.id"),
    )
    .where("component.tenant", "=", tenant);
  const documents = all.select(["component.version", "component.document", "published.version as publishedVersion"]);
  const newest = documents.distinctOn("component.id").orderBy("component.id").orderBy("component.version", "desc");

  /** Does `work` with the newest version there is (0: none), unless it is not the expected one; others wait for its end. */
  function changing<Done>(
    id: string,
    expectedVersion: number | undefined,
    work: (transaction: Kysely<Tables>, version: number) => Promise<Done>,
  ): Promise<Done | { readonly status: "conflict"; readonly version: number }> {
    return storeCall(() =>
      db.transaction().execute(async (transaction) => {
        // Whoever changes the same component waits here: two that saw one version do not both win.
        await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`component ${tenant} ${id}`}, 0))`.execute(
          transaction,
        );
        const row = await transaction
          .selectFrom("onceflow.components")
          .select((select) => select.fn.max("version").as("version"))
          .where("tenant", "=", tenant)
          .where("id", "=", id)
          .executeTakeFirst();
        const version = row?.version ?? 0;
        if (expectedVersion !== undefined && expectedVersion !== version) return { status: "conflict", version };
        return work(transaction, version);
      }),
    );
  }

  return {
    get: (id, version) =>
      storeCall(async () => {
        const ofId = newest.where("component.id", "=", searchableText(id));
        const row = await (
          version === undefined
            ? ofId
            : version === "published"
              ? ofId.whereRef("component.version", "=", "published.version")
              : ofId.where("component.version", "=", sql<number>`${version}::bigint`)
        ).executeTakeFirst();
        return row === undefined ? null : read(row);
      }),
    list: () => storeCall(async () => (await newest.execute()).map(read)),
    versions: (id) =>
      storeCall(async () => {
        const rows = await all
          .select(["component.version", "component.stored_at", "published.version as publishedVersion"])
          .where("component.id", "=", searchableText(id))
          .orderBy("component.version", "desc")
          .execute();
        return rows.map(({ version, stored_at, publishedVersion }) => ({
          version,
          storedAtMs: Number(stored_at),
          published: version === publishedVersion,
        }));
      }),
    put: (component, expectedVersion) =>
      changing(component.id, expectedVersion, async (transaction, version) => {
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
    publish: (id, version, expectedVersion) =>
      changing(searchableText(id), expectedVersion, async (transaction, newestVersion) => {
        // Versions are numbered without a gap.
        if (version < 1 || version > newestVersion) return { status: "unknown" };
        const row = { version, published_at: sql<number>`otp.now()` };
        await transaction
          .insertInto("onceflow.published_components")
          .values({ tenant, id, ...row })
          .onConflict((conflict) => conflict.columns(["tenant", "id"]).doUpdateSet(row))
          .execute();
        return { status: "published" };
      }),
  };
}

/** What was printed by us parses. */
function read({
  document,
  version,
  publishedVersion,
}: {
  readonly document: string;
  readonly version: number;
  readonly publishedVersion: number | null;
}): StoredComponent {
  const { component } = parseComponent(document);
  if (component === null) throw new Error("A stored component cannot be read. Restore the database from a backup.");
  return { component, version, publishedVersion };
}
