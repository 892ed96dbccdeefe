import pg from "pg";

/** Kills the process of a connection: PostgreSQL ends all its connections and recovers, as after any crash. */
export async function crashServer(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => undefined);
  await client.connect();
  const gone = new Promise<void>((resolve) => client.once("end", resolve));
  const { rows } = await client.query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
  process.kill(rows[0]?.pid ?? 0, "SIGKILL");
  await gone;
}
