import { setTimeout as pause } from "node:timers/promises";
import { ensureSystemDatabase } from "@dbos-inc/dbos-sdk/internal/system_database";
import { GlobalLogger } from "@dbos-inc/dbos-sdk/internal/telemetry/logs";
import { Kysely, PostgresDialect } from "kysely";
import { Migrator } from "kysely/migration";
import type pg from "pg";
import { isConnectionFailure } from "./connection-failure.ts";
import { migrations } from "./migrations.ts";
import { openPool } from "./open-pool.ts";

/** The tables of runs are of another version, or not ours. */
export class RunTablesMismatchError extends Error {
  override readonly name = "RunTablesMismatchError";
  readonly code = "run-tables-mismatch";
}

// Always the same one, and none that storage locks with in the same database.
const migrationLock = 7_305_211_920;

// What goes wrong is thrown.
const nothing = (): void => undefined;
const silent = new GlobalLogger(undefined, {
  logger: { info: nothing, debug: nothing, warn: nothing, error: nothing },
});

/**
 * Brings the schemas `runs` (ours) and `dbos` (the journal's) up to this version, under a lock that other processes wait for.
 *
 * @throws RunTablesMismatchError when a later version made them; they are left as they were
 */
export async function migrate(databaseUrl: string): Promise<void> {
  // Apart from the one that runs use: here a statement may take as long as it takes.
  const pool = openPool(databaseUrl, {});
  try {
    await migrateAlone(pool, databaseUrl);
  } finally {
    await pool.end();
  }
}

/** While nobody else does. */
async function migrateAlone(pool: pg.Pool, databaseUrl: string): Promise<void> {
  const client = await pool.connect();
  try {
    // Asked for again and again: whoever waits inside a statement would hold up the indexes that dbos makes concurrently.
    for (;;) {
      const { rows } = await client.query<{ free: boolean }>("SELECT pg_try_advisory_lock($1) AS free", [
        migrationLock,
      ]);
      if (rows[0]?.free === true) break;
      await pause(100);
    }
    await migrateRuns(pool);
    // Not by DBOS.migrate(): that prints to stdout, and looks into the database "postgres", where we have no business.
    await ensureSystemDatabase(databaseUrl, silent, pool);
  } finally {
    // Closed rather than given back: the lock goes with the connection.
    client.release(true);
  }
}

async function migrateRuns(pool: pg.Pool): Promise<void> {
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => migrations },
    migrationTableSchema: "runs",
  });
  const { error } = await migrator.migrateToLatest();
  if (error === undefined) return;
  if (isConnectionFailure(error)) throw error;
  const words = error instanceof Error ? error.message : "unknown error";
  throw new RunTablesMismatchError(
    `The tables of runs cannot be brought to this version (${words}). They are unchanged. Use the version that made them, or another database.`,
    { cause: error },
  );
}
