import type pg from "pg";

/** How long a listener waits for a database that went away. */
const reconnectMs = 1000;

/**
 * Calls back with what each notification of a channel says, over a connection of the pool that it keeps to itself, and
 * once more with nothing whenever that connection is new: what was notified before went unheard.
 *
 * @param channel a plain name
 * @returns what gives the connection back
 */
export function listenTo(
  channel: string,
  { pool, callback }: { pool: pg.Pool; callback: (payload: string) => void },
): () => Promise<void> {
  const stop = new AbortController();
  const listening = listenUntil(stop.signal);
  return async () => {
    stop.abort();
    await listening;
  };

  async function listenUntil(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await listenOnce(signal).catch(() => undefined);
      await stopped(signal, (resolve) => setTimeout(resolve, reconnectMs).unref());
    }
  }

  /** Resolves when the connection is gone or no longer wanted. */
  async function listenOnce(signal: AbortSignal): Promise<void> {
    const connecting = pool.connect();
    const client = await Promise.race([connecting, stopped(signal)]);
    if (client === undefined) {
      // Whenever it comes, nobody wants it any more.
      connecting.then(
        (late) => late.release(true),
        () => undefined,
      );
      return;
    }
    try {
      const gone = stopped(signal, (resolve) => client.once("error", resolve).once("end", resolve));
      client.on("notification", ({ payload = "" }) => callback(payload));
      await Promise.race([client.query(`LISTEN ${channel}`), gone]);
      if (!signal.aborted) callback("");
      await gone;
    } finally {
      // Closed rather than given back: nobody else wants its notifications.
      client.release(true);
    }
  }
}

/** Resolves when the signal aborts or something else comes first. */
function stopped(signal: AbortSignal, other: (resolve: () => void) => void = () => undefined): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    signal.addEventListener("abort", () => resolve(), { once: true });
    other(resolve);
  });
}
