import pg from "pg";
import { type Database, openDatabase } from "../database/open-database.ts";

/** A database of its own for a test. */
export interface TestDatabase extends Database {
  /** Moves the clock of a database with a test clock, by whole milliseconds. */
  advance(ms: number): Promise<void>;
}

/**
 * A new, empty database on a test server. With `clock: "test"` its clock stands still until it is advanced.
 *
 * @param serverUrl of a database on the server, whose user may create others
 */
export async function createTestDatabase(
  serverUrl: string,
  { clock = "test", maxConnections = 10 }: { clock?: "test" | "real"; maxConnections?: number } = {},
): Promise<TestDatabase> {
  const name = `test_${crypto.randomUUID().replaceAll("-", "")}`;
  const template = await templateDatabase(serverUrl, clock);
  await administer(serverUrl, `CREATE DATABASE ${name} TEMPLATE ${template}`);
  const url = at(serverUrl, name);
  const database = await openDatabase({ url, maxConnections, testClock: clock === "test" });
  return {
    ...database,
    advance: async (ms) => void (await database.pool.query("UPDATE otp.test_clock SET now_ms = now_ms + $1", [ms])),
    async close() {
      await database.close();
      await administer(serverUrl, `DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
}

const templates = new Map<string, Promise<string>>();

/** Made once per server and process: migrating takes longer than copying. */
function templateDatabase(serverUrl: string, clock: "test" | "real"): Promise<string> {
  const key = `${serverUrl} ${clock}`;
  const known = templates.get(key);
  if (known !== undefined) return known;
  const made = makeTemplate(serverUrl, clock);
  templates.set(key, made);
  return made;
}

async function makeTemplate(serverUrl: string, clock: "test" | "real"): Promise<string> {
  const name = `template_${crypto.randomUUID().replaceAll("-", "")}`;
  await administer(serverUrl, `CREATE DATABASE ${name}`);
  const database = await openDatabase({ url: at(serverUrl, name) });
  if (clock === "test") {
    await database.pool.query(`
      CREATE TABLE otp.test_clock (now_ms bigint NOT NULL);
      INSERT INTO otp.test_clock VALUES (${Date.UTC(2026, 0, 1)});
      CREATE OR REPLACE FUNCTION otp.now() RETURNS bigint LANGUAGE sql VOLATILE AS 'SELECT now_ms FROM otp.test_clock';
    `);
  }
  await database.close();
  return name;
}

async function administer(serverUrl: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

function at(serverUrl: string, database: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${database}`;
  return url.href;
}
