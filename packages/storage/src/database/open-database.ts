import { Kysely, PostgresDialect } from "kysely";
import type pg from "pg";
import { checkClock, isPassing, migrate } from "./migrate.ts";
import { openPool } from "./open-pool.ts";
import { isConnectionFailure } from "./store-unavailable-error.ts";
import type { Tables } from "./tables.ts";

/** Nobody answers at the database's address, or it is none. */
export class DatabaseUnavailableError extends Error {
  override readonly name = "DatabaseUnavailableError";
  readonly code = "database-unavailable";
}

/** An open database of this version. */
export interface Database {
  /** Where it is, with user and password. */
  readonly url: string;
  readonly pool: pg.Pool;
  readonly db: Kysely<Tables>;
  close(): Promise<void>;
}

/** How to open one. */
export interface OpenDatabaseOptions {
  /** `postgres://user:password@host:port/name`. */
  readonly url: string;
  /** Connections at most. @default 10 */
  readonly maxConnections?: number;
  /** How long to wait for a database that does not answer yet, and for a lock that changing its tables needs. @default 30000 */
  readonly patienceMs?: number;
  /** How long a statement may take; a database that is silent for a tenth longer counts as away. @default 30000 */
  readonly statementTimeoutMs?: number;
  /** Told once for each try that failed. */
  readonly onWait?: (message: string) => void;
  /** A test database moves its own clock. @default false */
  readonly testClock?: boolean;
}

/**
 * Connects, brings the database up to this version and checks its clock.
 *
 * @throws DatabaseUnavailableError, DatabaseMismatchError
 */
export async function openDatabase(options: OpenDatabaseOptions): Promise<Database> {
  const { url, maxConnections = 10, patienceMs = 30_000, onWait = () => {}, testClock = false } = options;
  const { statementTimeoutMs = 30_000 } = options;
  if (!isPostgresAddress(url)) {
    throw new DatabaseUnavailableError(
      "DATABASE_URL is no address of a PostgreSQL. Give one like postgres://user:password@host:5432/name; in a user or password, write @ as %40 and / as %2F.",
    );
  }
  const pool = openPool(url, {
    max: maxConnections,
    // Later than the server gives up a statement, so that a repetition does not meet it.
    query_timeout: 1.1 * statementTimeoutMs,
    // Whoever waits longer for a lock is told to try again; nothing here runs for half a minute. Functions that lock and
    // then look must see what was committed meanwhile.
    options: `-c default_transaction_isolation=read\\ committed -c lock_timeout=2000 -c statement_timeout=${statementTimeoutMs} -c idle_in_transaction_session_timeout=30000`,
  });
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  const close = () => db.destroy();
  try {
    await connect(pool, { url, patienceMs, onWait });
    await upgrade(url, patienceMs);
    if (!testClock) await checkClock(db);
  } catch (error) {
    await close();
    throw isPassing(error) ? interrupted(url, error) : error;
  }
  return { url, pool, db, close };
}

/** Over a pool of its own: what changes tables may take its time, as may another process that does so. */
async function upgrade(url: string, patienceMs: number): Promise<void> {
  // Whoever else wants a table that it waits for waits behind it.
  const db = new Kysely<Tables>({
    dialect: new PostgresDialect({ pool: openPool(url, { options: `-c lock_timeout=${patienceMs}` }) }),
  });
  try {
    await migrate(db);
  } finally {
    await db.destroy();
  }
}

async function connect(
  pool: pg.Pool,
  { url, patienceMs, onWait }: { url: string; patienceMs: number; onWait: (message: string) => void },
): Promise<void> {
  const place = placeOf(url);
  const until = Date.now() + patienceMs;
  for (let waitMs = 250; ; waitMs = Math.min(2 * waitMs, 5000)) {
    try {
      (await pool.connect()).release();
      return;
    } catch (error) {
      if (!isConnectionFailure(error)) throw unusable(place, error);
      if (Date.now() + waitMs > until) {
        throw new DatabaseUnavailableError(
          `No database answers at ${place}. Start PostgreSQL there, or correct DATABASE_URL.`,
          { cause: error },
        );
      }
      onWait(`No database answers at ${place} yet; trying again in ${(waitMs / 1000).toFixed(1)} s.`);
      await new Promise((resolve) => setTimeout(resolve, waitMs));
    }
  }
}

function isPostgresAddress(url: string): boolean {
  return URL.canParse(url) && ["postgres:", "postgresql:"].includes(new URL(url).protocol);
}

/** Host, port and name of a database's address, without user and password. */
function placeOf(url: string): string {
  const { hostname, port, pathname } = new URL(url);
  return `${hostname}:${port || "5432"}${pathname}`;
}

function unusable(place: string, cause: unknown): DatabaseUnavailableError {
  return new DatabaseUnavailableError(
    `The database at ${place} refuses this user, password or database name${codeOf(cause)}. Correct DATABASE_URL.`,
    { cause },
  );
}

function interrupted(url: string, cause: unknown): DatabaseUnavailableError {
  return new DatabaseUnavailableError(
    `The database at ${placeOf(url)} went away, or was held up by others, while it was brought to this version${codeOf(cause)}. Nothing is half done. Try again.`,
    { cause },
  );
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? ` (${String(error.code)})` : "";
}
