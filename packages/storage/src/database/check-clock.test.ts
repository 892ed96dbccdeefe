import { describe, expect, inject, it, onTestFinished } from "vitest";
import { createTestDatabase } from "../testing/test-database.ts";
import { openDatabase } from "./open-database.ts";

describe("a database's clock", () => {
  it.each([
    ["was replaced", "CREATE OR REPLACE FUNCTION otp.now() RETURNS bigint LANGUAGE sql VOLATILE AS 'SELECT 1::bigint'"],
    ["is read once for many statements", "ALTER FUNCTION otp.now() IMMUTABLE"],
    ["is read once for a statement", "ALTER FUNCTION otp.now() STABLE"],
  ])("that %s is refused at the start", async (_name, change) => {
    const database = await createTestDatabase(inject("postgresUrl"), { clock: "real" });
    onTestFinished(() => database.close());
    const { url } = database;
    await (await openDatabase({ url })).close();
    await database.pool.query(change);
    await expect(openDatabase({ url })).rejects.toMatchObject({ code: "database-mismatch" });
  });
});
