import { buildComponent, describeComponentStore } from "@onceflow/step-runtime/testing";
import { sql } from "kysely";
import { describe, expect, inject, it, onTestFinished } from "vitest";
import { publishedComponents } from "../migrations/0007-published-components.ts";
import { createTestDatabase } from "../testing/test-database.ts";
import { createPostgresComponentStore } from "./postgres-component-store.ts";

async function openDatabase() {
  const database = await createTestDatabase(inject("postgresUrl"));
  onTestFinished(() => database.close());
  return database;
}

describeComponentStore("postgres", async () =>
  createPostgresComponentStore(await openDatabase(), { tenant: "default" }),
);

describe("the components in PostgreSQL", () => {
  it("are those of one tenant", async () => {
    const database = await openDatabase();
    const [one, other] = ["one", "other"].map((tenant) => createPostgresComponentStore(database, { tenant }));
    await one?.put(buildComponent({ id: "stored" }));
    await one?.publish("stored", 1);
    await other?.put(buildComponent({ id: "stored" }));
    expect(await other?.get("stored", "published")).toBeNull();
    expect(await other?.versions("stored")).toMatchObject([{ version: 1, published: false }]);
    expect(await other?.list()).toHaveLength(1);
  });

  it("are stored by one of two who saw the same version", async () => {
    const store = createPostgresComponentStore(await openDatabase(), { tenant: "default" });
    await store.put(buildComponent({ id: "stored" }));
    const both = await Promise.all([1, 2].map(() => store.put(buildComponent({ id: "stored" }), 1)));
    expect(both.map(({ status }) => status).toSorted()).toEqual(["conflict", "stored"]);
  });

  it("run in their newest version after the update from a release that published every one", async () => {
    const database = await openDatabase();
    const store = createPostgresComponentStore(database, { tenant: "default" });
    for (const name of ["First", "Second"]) await store.put(buildComponent({ id: "stored", name }));
    await sql`DROP TABLE onceflow.published_components`.execute(database.db);
    await sql.raw(publishedComponents).execute(database.db);
    expect(await store.get("stored", "published")).toMatchObject({ version: 2, component: { name: "Second" } });
  });
});
