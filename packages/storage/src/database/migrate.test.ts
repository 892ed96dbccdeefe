import { Kysely, PostgresDialect, sql } from "kysely";
import { Migrator } from "kysely/migration";
import pg from "pg";
import { describe, expect, inject, it, onTestFinished } from "vitest";
import { migrations } from "../migrations/index.ts";
import { migrate } from "./migrate.ts";
import { openDatabase } from "./open-database.ts";
import type { Tables } from "./tables.ts";

/** A new database with some of the migrations. */
async function databaseWith(
  wanted: (name: string) => boolean,
): Promise<{ readonly url: URL; readonly db: Kysely<Tables> }> {
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
  return { url, db };
}

describe("migrate", () => {
  it("brings a database up to date that has a later migration but not one before it", async () => {
    const { db } = await databaseWith((name) => !name.startsWith("0004"));
    await migrate(db);
    const { rows } = await sql`SELECT count(*)::integer AS keys FROM onceflow.api_keys`.execute(db);
    expect(rows).toEqual([{ keys: 0 }]);
  });

  it("waits longer for another process that migrates than any statement of calls may take", async () => {
    const { url, db } = await databaseWith(() => true);
    await db.connection().execute(async (other) => {
      const lock = sql.raw("3853314791062309107");
      await sql`SELECT pg_advisory_lock(${lock})`.execute(other);
      const opening = openDatabase({ url: url.href, statementTimeoutMs: 100 });
      const waiting = sql`SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'advisory'
        AND clock_timestamp() > query_start + interval '200 ms'`;
      await expect.poll(async () => (await waiting.execute(db)).rows.length).toBe(1);
      await sql`SELECT pg_advisory_unlock(${lock})`.execute(other);
      await (await opening).close();
    });
  });

  describe("held up by somebody who reads a table that it changes", () => {
    const readers = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";

    it("says that it is to be tried again, and has left nothing half done", async () => {
      const { url, db } = await databaseWith((name) => !name.startsWith("0009"));
      await db.transaction().execute(async (reader) => {
        await sql`LOCK TABLE onceflow.users IN ACCESS SHARE MODE`.execute(reader);
        await expect(openDatabase({ url: url.href, patienceMs: 100 })).rejects.toMatchObject({
          code: "database-unavailable",
          message: expect.stringMatching(/held up.*\(55P03\).*again/),
        });
      });
      await (await openDatabase({ url: url.href })).close();
    });

    it("says the same when its connection is cut meanwhile", async () => {
      const { url, db } = await databaseWith((name) => !name.startsWith("0009"));
      await db.transaction().execute(async (reader) => {
        await sql`LOCK TABLE onceflow.users IN ACCESS SHARE MODE`.execute(reader);
        const opening = openDatabase({ url: url.href }).catch((error: unknown) => error);
        const waiting = sql.raw<{ pid: number }>(readers);
        await expect.poll(async () => (await waiting.execute(db)).rows.length).toBe(1);
        await sql`SELECT pg_terminate_backend(pid) FROM (${waiting}) waiting`.execute(db);
        expect(await opening).toMatchObject({ code: "database-unavailable", message: expect.stringMatching(/again/) });
      });
      await (await openDatabase({ url: url.href })).close();
    });
  });

  it("leaves a database as it is that a later version made, and says so", async () => {
    const { url, db } = await databaseWith(() => true);
    await sql`INSERT INTO onceflow.kysely_migration (name, timestamp) VALUES ('9999-later', '')`.execute(db);
    await expect(openDatabase({ url: url.href })).rejects.toMatchObject({
      code: "database-mismatch",
      message: expect.stringContaining("Use the version that made it"),
    });
  });
});
