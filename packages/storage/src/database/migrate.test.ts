import { Kysely, PostgresDialect, sql } from "kysely";
import { Migrator } from "kysely/migration";
import pg from "pg";
import { describe, expect, inject, it, onTestFinished } from "vitest";
import { migrations } from "../migrations/index.ts";
import { migrate } from "./migrate.ts";
import type { Tables } from "./tables.ts";

/** A new database with some of the migrations. */
async function databaseWith(wanted: (name: string) => boolean): Promise<Kysely<Tables>> {
  const url = new URL(inject("postgresUrl"));
  const name = `test_${crypto.randomUUID().replaceAll("-", "")}`;
  const server = new pg.Client({ connectionString: url.href });
  await server.connect();
  await server.query(`CREATE DATABASE ${name}`);
  url.pathname = `/${name}`;
  const pool = new pg.Pool({ connectionString: url.href });
  pool.on("error", () => undefined);
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  onTestFinished(async () => {
    await db.destroy();
    await server.query(`DROP DATABASE ${name} WITH (FORCE)`);
    await server.end();
  });
  const getMigrations = async () => Object.fromEntries(Object.entries(migrations).filter(([key]) => wanted(key)));
  const { error } = await new Migrator({
    db,
    provider: { getMigrations },
    migrationTableSchema: "onceflow",
  }).migrateToLatest();
  expect(error).toBeUndefined();
  return db;
}

describe("migrate", () => {
  it("brings a database up to date that has a later migration but not one before it", async () => {
    const db = await databaseWith((name) => !name.startsWith("0004"));
    await migrate(db);
    const { rows } = await sql`SELECT count(*)::integer AS keys FROM onceflow.api_keys`.execute(db);
    expect(rows).toEqual([{ keys: 0 }]);
  });
});
