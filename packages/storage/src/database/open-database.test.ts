import { createServer } from "node:net";
import { describe, expect, inject, it } from "vitest";
import { openDatabase } from "./open-database.ts";

/** An address at which nobody listens any more. */
async function deserted(): Promise<string> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return `127.0.0.1:${typeof address === "object" ? address?.port : 0}/codes`;
}

describe("openDatabase", () => {
  it("keeps its limits beside the options of the address, and sees what others commit whatever is usual there", async () => {
    const url = new URL(inject("postgresUrl"));
    url.searchParams.set(
      "options",
      "-c search_path=app -c lock_timeout=0 -c default_transaction_isolation=serializable",
    );
    const database = await openDatabase({ url: url.href });
    const { rows } = await database.pool.query(
      `SELECT current_setting('search_path') AS path, current_setting('lock_timeout') AS locks,
        current_setting('transaction_isolation') AS isolation`,
    );
    await database.close();
    expect(rows).toEqual([{ path: "app", locks: "2s", isolation: "read committed" }]);
  });

  it("tries again while its patience lasts, says each time where, and then gives up", async () => {
    const place = await deserted();
    const told: string[] = [];
    const opening = openDatabase({
      url: `postgres://onceflow:hush@${place}`,
      patienceMs: 1000,
      onWait: (message) => told.push(message),
    });
    await expect(opening).rejects.toMatchObject({
      code: "database-unavailable",
      message: `No database answers at ${place}. Start PostgreSQL there, or correct DATABASE_URL.`,
    });
    expect(told[0]).toBe(`No database answers at ${place} yet; trying again in 0.3 s.`);
    expect(told.join()).not.toContain("hush");
  });

  it("waits for a name that cannot be resolved yet", async () => {
    const told: string[] = [];
    const opening = openDatabase({
      url: "postgres://onceflow@database.invalid/codes",
      patienceMs: 500,
      onWait: (message) => told.push(message),
    });
    await expect(opening).rejects.toMatchObject({ message: expect.stringMatching(/^No database answers at/) });
    expect(told).not.toEqual([]);
  });

  it.each([
    "",
    "codes",
    "localhost:5432/codes",
    "mysql://eva:s3cret@127.0.0.1/codes",
    "postgres://eva:s3/cret@127.0.0.1/x",
  ])("says at once that %j is no address, and does not repeat it", async (url) => {
    const opening = openDatabase({ url, onWait: () => expect.unreachable() });
    await expect(opening).rejects.toMatchObject({ code: "database-unavailable" });
    const message = await opening.catch((error: Error) => error.message);
    expect(message).toContain("Give one like postgres://");
    expect(message).not.toContain("s3");
  });

  it("gives up at once where user, password or database are refused", async () => {
    const url = new URL(inject("postgresUrl"));
    url.pathname = "/nothing-here";
    const told: string[] = [];
    const opening = openDatabase({ url: url.href, onWait: (message) => told.push(message) });
    await expect(opening).rejects.toMatchObject({ code: "database-unavailable" });
    await expect(opening).rejects.toThrow(/refuses this user, password or database name \(3D000\)/);
    expect(told).toEqual([]);
  });
});
