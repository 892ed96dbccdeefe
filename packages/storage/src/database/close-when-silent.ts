import type pg from "pg";

/**
 * Has a connection closed when an answer does not come within its `query_timeout`: pg gives up that query only, and
 * whoever used the connection next would wait behind it. The query fails with `ETIMEDOUT`.
 */
export function closeWhenSilent(client: pg.PoolClient): void {
  const ask = client.query.bind(client) as (...given: readonly unknown[]) => unknown;
  const closeIfSilent = (error: unknown): void => {
    // pg gives it no code.
    if (!(error instanceof Error) || error.message !== "Query read timeout") return;
    Object.assign(error, { code: "ETIMEDOUT" });
    // With a query under way, that is at once.
    void (client as pg.PoolClient & Pick<pg.Client, "end">).end();
  };
  const watched = (...given: readonly unknown[]): unknown => {
    const callback = given.at(-1);
    if (typeof callback === "function") {
      return ask(...given.slice(0, -1), (error: unknown, result: unknown) => {
        closeIfSilent(error);
        callback(error, result);
      });
    }
    const answer = ask(...given);
    if (answer instanceof Promise) answer.catch(closeIfSilent);
    return answer;
  };
  client.query = watched as typeof client.query;
}
