import pg from "pg";
import { closeWhenSilent } from "./close-when-silent.ts";

/** Connections to a database that may break, one by one, at any time; `limits` are of a pool and of its statements. */
export function openPool(url: string, { options, ...limits }: pg.PoolConfig & { options: string }): pg.Pool {
  const pool = new pg.Pool({
    connectionString: withOptions(url, options),
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

/** Adds settings of a session to those in an address: pg takes them from there alone when there are some. The last one counts. */
function withOptions(url: string, options: string): string {
  const address = new URL(url);
  const given = address.searchParams.get("options");
  address.searchParams.set("options", given === null ? options : `${given} ${options}`);
  return address.href;
}
