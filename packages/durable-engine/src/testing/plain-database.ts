import { type Database, openDatabase } from "@onceflow/storage";
import pg from "pg";

/**
 * An empty database as a hosted PostgreSQL gives it: by its URL alone, of a role that owns it and has no other right on
 * the server. TEST_DATABASE_URL names one to take instead; it is left as the tests leave it.
 *
 * @param serverUrl of a database on the server, whose user may create roles and databases
 */
export async function createPlainDatabase(serverUrl: string): Promise<Database> {
  const given = process.env["TEST_DATABASE_URL"];
  if (given !== undefined && given !== "") return openDatabase({ url: given });
  const name = `plain_${crypto.randomUUID().replaceAll("-", "")}`;
  const password = crypto.randomUUID();
  await administer(
    serverUrl,
    `CREATE ROLE ${name} LOGIN PASSWORD '${password}'`,
    `GRANT ${name} TO CURRENT_USER`,
    `CREATE DATABASE ${name} OWNER ${name}`,
  );
  const database = await openDatabase({
    url: Object.assign(new URL(serverUrl), { username: name, password, pathname: `/${name}` }).href,
  });
  return {
    ...database,
    async close() {
      await database.close();
      await administer(serverUrl, `DROP DATABASE ${name} WITH (FORCE)`, `DROP ROLE ${name}`);
    },
  };
}

async function administer(serverUrl: string, ...statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}
