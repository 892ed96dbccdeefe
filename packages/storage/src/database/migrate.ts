import { type Kysely, sql } from "kysely";
import { Migrator } from "kysely/migration";
import { clockBody } from "../migrations/0001-base.ts";
import { migrations } from "../migrations/index.ts";
import { isConnectionFailure } from "./store-unavailable-error.ts";
import type { Tables } from "./tables.ts";

/** The database is of another version, or not ours. */
export class DatabaseMismatchError extends Error {
  override readonly name = "DatabaseMismatchError";
  readonly code = "database-mismatch";
}

// Deadlock, a lock that was not had in time, a statement that took too long: nothing was done (PostgreSQL appendix A).
const heldUp = new Set(["40P01", "55P03", "57014"]);

/** Whether it may work later: the connection failed, or somebody else held what was needed. */
export function isPassing(error: unknown): boolean {
  return isConnectionFailure(error) || (error instanceof Error && "code" in error && heldUp.has(String(error.code)));
}

/**
 * Brings a database up to this version, in one transaction under a lock that other processes wait for.
 *
 * @throws DatabaseMismatchError when a later version or something else made it; it is left as it was. What is passing is thrown as it came.
 */
export async function migrate(db: Kysely<Tables>): Promise<void> {
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => migrations },
    migrationTableSchema: "onceflow",
    // Two that were written side by side may come in either order.
    allowUnorderedMigrations: true,
  });
  const { error } = await migrator.migrateToLatest();
  if (error === undefined) return;
  if (isPassing(error)) throw error;
  const words = error instanceof Error ? error.message : "unknown error";
  throw new DatabaseMismatchError(
    `The database cannot be brought to this version (${words}). It is unchanged. Use the version that made it, or another database.`,
    { cause: error },
  );
}

/**
 * Checks that the database still decides by its own clock.
 *
 * @throws DatabaseMismatchError when somebody replaced or changed `otp.now()`
 */
export async function checkClock(db: Kysely<Tables>): Promise<void> {
  const { rows } = await sql<{
    prosrc: string;
    provolatile: string;
  }>`SELECT prosrc, provolatile FROM pg_proc WHERE oid = 'otp.now()'::regprocedure`.execute(db);
  // Volatile: else PostgreSQL may read it once for many statements.
  if (rows[0]?.prosrc.trim() === clockBody && rows[0].provolatile === "v") return;
  throw new DatabaseMismatchError(
    "The database's otp.now() is not the database's clock, which every code depends on. Restore it from the first migration.",
  );
}
