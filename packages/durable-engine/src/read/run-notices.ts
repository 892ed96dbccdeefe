import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { runChannel } from "../database/run-rows.ts";

/** How long a listener waits for a database that went away. */
const reconnectMs = 500;
/** How long it waits for the end of a connection. */
const goodbyeMs = 500;

/** What happens to a run, as the database tells it: at least once, and once more whenever something may have gone unheard. */
export interface RunNotices {
  /** @returns what ends it */
  on(run: string, callback: (notice: { readonly cancelled: boolean }) => void): () => void;
  close(): Promise<void>;
}

/** Listens over a connection of its own. */
export function createRunNotices(databaseUrl: string): RunNotices {
  const callbacks = new Map<string, Set<(notice: { readonly cancelled: boolean }) => void>>();
  const closed = new AbortController();
  const listening = listen();

  return {
    on(run, callback) {
      const own = callbacks.get(run) ?? new Set();
      callbacks.set(run, own.add(callback));
      return () => {
        own.delete(callback);
        if (own.size === 0 && callbacks.get(run) === own) callbacks.delete(run);
      };
    },
    async close() {
      closed.abort();
      await listening;
    },
  };

  async function listen(): Promise<void> {
    while (!closed.signal.aborted) {
      await listenOnce().catch(() => undefined);
      await until((resolve) => void setTimeout(resolve, reconnectMs).unref());
    }
  }

  /** Resolves when the connection is gone. */
  async function listenOnce(): Promise<void> {
    const client = new pg.Client({
      connectionString: databaseUrl,
      application_name: "onceflow runs",
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
      connectionTimeoutMillis: 10_000,
      query_timeout: 10_000,
    });
    // One end of a connection may be more than one error.
    const gone = until((resolve) => client.on("error", resolve).once("end", resolve));
    client.on("notification", ({ payload = "" }) => {
      const cancelled = payload.endsWith("!");
      tell(cancelled ? payload.slice(0, -1) : payload, cancelled);
    });
    try {
      await Promise.race([client.connect().then(() => client.query(`LISTEN ${runChannel}`)), gone]);
      for (const run of callbacks.keys()) tell(run, false);
      await gone;
    } finally {
      // A database that is silent does not say goodbye.
      await Promise.race([client.end().catch(() => undefined), pause(goodbyeMs, undefined, { ref: false })]);
    }
  }

  function tell(run: string, cancelled: boolean): void {
    for (const callback of callbacks.get(run) ?? []) callback({ cancelled });
  }

  /** Resolves when something comes, or the notices are closed. */
  function until(other: (resolve: () => void) => void): Promise<void> {
    return new Promise((resolve) => {
      if (closed.signal.aborted) return resolve();
      closed.signal.addEventListener("abort", () => resolve(), { once: true });
      other(resolve);
    });
  }
}
