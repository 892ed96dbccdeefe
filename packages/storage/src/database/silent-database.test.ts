import { sql } from "kysely";
import { describe, expect, inject, it, onTestFinished } from "vitest";
import { listenTo } from "../outbox/listen-to.ts";
import { startMutedProxy } from "../testing/muted-proxy.ts";
import { createTestDatabase } from "../testing/test-database.ts";
import { openDatabase } from "./open-database.ts";
import { storeCall } from "./store-unavailable-error.ts";

/** A database that can go silent, with one connection, so that whoever comes next gets what the last one left. */
async function open() {
  const served = await createTestDatabase(inject("postgresUrl"));
  const proxy = await startMutedProxy(served.url);
  const database = await openDatabase({ url: proxy.url, testClock: true, maxConnections: 1, statementTimeoutMs: 300 });
  onTestFinished(async () => {
    await proxy.close();
    await database.close();
    await served.close();
  });
  return { proxy, database, behind: served.pool };
}

const away = { code: "store-unavailable" };

describe("a database that goes silent", () => {
  it("is away for whoever waits for its answer; the next call gets another connection", async () => {
    const { proxy, database } = await open();
    proxy.mute();
    await expect(storeCall(() => database.pool.query("SELECT 1"))).rejects.toMatchObject(away);
    proxy.unmute();
    expect((await database.pool.query("SELECT 1")).rowCount).toBe(1);
  });

  it("is away for a transaction, which is not rolled back over a connection that is silent", async () => {
    const { proxy, database } = await open();
    const transaction = storeCall(() =>
      database.db.transaction().execute(async (inside) => {
        await sql`SELECT 1`.execute(inside);
        proxy.mute();
        await sql`SELECT 2`.execute(inside);
      }),
    );
    await expect(transaction).rejects.toMatchObject(away);
    await expect(transaction).rejects.toMatchObject({ cause: { message: expect.stringMatching("was closed") } });
    proxy.unmute();
    expect((await sql`SELECT 1`.execute(database.db)).rows).toHaveLength(1);
  });

  it("keeps no listener from being stopped, whether it connects or begins to listen", async () => {
    const { proxy, database, behind } = await open();
    await database.pool.query("SELECT 1");
    proxy.mute();
    const stop = listenTo("quiet", { pool: database.pool, callback: () => expect.unreachable() });
    const listens = async () =>
      (await behind.query("SELECT FROM pg_stat_activity WHERE query = 'LISTEN quiet' AND datname = current_database()"))
        .rowCount;
    await expect.poll(listens).toBe(1);
    await stop();
    await listenTo("quiet", { pool: database.pool, callback: () => expect.unreachable() })();
  });
});

describe("a connection that breaks", () => {
  it("fails the transaction that it breaks in, and nothing else", async () => {
    const { database, behind } = await open();
    const transaction = storeCall(() =>
      database.db.transaction().execute(async (inside) => {
        const { rows } = await sql<{ pid: number }>`SELECT pg_backend_pid() AS pid`.execute(inside);
        await behind.query("SELECT pg_terminate_backend($1)", [rows[0]?.pid]);
        const isThere = async () =>
          (await behind.query("SELECT FROM pg_stat_activity WHERE pid = $1", [rows[0]?.pid])).rowCount;
        await expect.poll(isThere).toBe(0);
        await sql`SELECT 1`.execute(inside);
      }),
    );
    await expect(transaction).rejects.toMatchObject(away);
    expect((await sql`SELECT 1`.execute(database.db)).rows).toHaveLength(1);
  });
});
