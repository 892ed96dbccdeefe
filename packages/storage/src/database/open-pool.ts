import pg from "pg";
import { closeWhenSilent } from "./close-when-silent.ts";

/** Connections to a database that may break, one by one, at any time; `limits` are of a pool and of its statements. */
export function openPool(url: string, limits: pg.PoolConfig): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: "onceflow",
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    connectionTimeoutMillis: 10_000,
    ...limits,
  });
  // A connection that breaks while nobody uses it is replaced by the next call.
  pool.on("error", () => undefined);
  pool.on("connect", (client) => {
    // One that breaks between two statements of its user fails the next of them.
    client.on("error", () => undefined);
    closeWhenSilent(client);
  });
  return pool;
}
