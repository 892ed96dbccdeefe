import type pg from "pg";

/** How many confirms of a database wait for a lock at the moment. */
export async function lockedConfirms(pool: pg.Pool): Promise<number> {
  const { rowCount } = await pool.query(
    "SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%otp.confirm%' AND datname = current_database()",
  );
  return rowCount ?? 0;
}
