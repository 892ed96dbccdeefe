import type { TestDatabase } from "@onceflow/storage/testing";

/** Every row of every table of every schema as PostgreSQL prints it, and each run of bytes in it once more as bytes. */
export async function readWholeDatabase({ pool }: Pick<TestDatabase, "pool">): Promise<(string | Uint8Array)[]> {
  const { rows: tables } = await pool.query<{ name: string }>(
    "SELECT oid::regclass::text AS name FROM pg_class WHERE relkind IN ('r', 'm', 'p')",
  );
  const everything: (string | Uint8Array)[] = [];
  for (const { name } of tables) {
    const { rows } = await pool.query<{ row: string }>(`SELECT t::text AS row FROM ${name} AS t`);
    for (const { row } of rows) {
      everything.push(row);
      for (const [, bytes = ""] of row.matchAll(/\\x((?:[0-9a-f]{2})+)/g)) everything.push(Buffer.from(bytes, "hex"));
    }
  }
  return everything;
}
