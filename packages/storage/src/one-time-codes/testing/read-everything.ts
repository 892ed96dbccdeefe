import type { Database } from "../../database/open-database.ts";

/** Every row of every table of ours. */
export async function readEverything({ pool }: Pick<Database, "pool">): Promise<unknown[]> {
  const { rows: tables } = await pool.query<{ name: string }>(
    "SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname IN ('otp', 'onceflow')",
  );
  const everything: unknown[] = [];
  for (const { name } of tables) everything.push(name, (await pool.query(`SELECT * FROM ${name}`)).rows);
  return everything;
}
