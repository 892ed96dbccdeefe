import { normalizeIdentifier } from "@onceflow/one-time-code";
import { type User, userKey } from "@onceflow/step-runtime";
import { describeUsers } from "@onceflow/step-runtime/testing";
import * as fc from "fast-check";
import { describe, expect, inject, it, onTestFinished } from "vitest";
import { createTestDatabase } from "../testing/test-database.ts";
import { createPostgresUsers } from "./postgres-users.ts";

async function openUsers(users: readonly User[]) {
  const database = await createTestDatabase(inject("postgresUrl"));
  onTestFinished(() => database.close());
  const directory = createPostgresUsers(database, { tenant: "default" });
  for (const user of users) await directory.put(user);
  return { database, directory };
}

describeUsers("postgres", async (users) => (await openUsers(users)).directory);

describe("the users in PostgreSQL", () => {
  it("are found by the very form under which codes for a name that nobody has are counted", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 700 }), (typed) => {
        expect(userKey(typed)).toBe(normalizeIdentifier(typed));
      }),
    );
  });

  it("are found by their exact ID when a version without keys for them added them", async () => {
    const user = { id: "User-1", userName: "dana", email: null, firstName: null, lastName: null, locale: null };
    const { database, directory } = await openUsers([{ ...user, enabled: true, test: false }]);
    await database.pool.query("UPDATE onceflow.users SET id_key = NULL");
    expect(await directory.find("User-1")).toMatchObject(user);
    expect(await directory.find("dana")).toMatchObject(user);
  });
});
