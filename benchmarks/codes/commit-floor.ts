import pg from "pg";
import { type Block, concurrency } from "./block.ts";

/** A bare INSERT of one row with a key and 32 bytes, prepared, one commit each. */
export async function createCommitFloor(url: string): Promise<Block> {
  const pool = new pg.Pool({ connectionString: url, max: concurrency });
  await pool.query("CREATE TABLE IF NOT EXISTS floor (id text PRIMARY KEY, body bytea NOT NULL)");
  const body = Buffer.alloc(32);
  return {
    prepare: async () => {},
    async operate() {
      await pool.query({
        name: "floor",
        text: "INSERT INTO floor VALUES ($1, $2)",
        values: [crypto.randomUUID(), body],
      });
    },
    close: () => pool.end(),
  };
}
