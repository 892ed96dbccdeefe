import { describe, expect, inject, it, onTestFinished } from "vitest";
import { createTestDatabase } from "../testing/test-database.ts";
import { createPostgresClients } from "./postgres-clients.ts";

describe("the clients in PostgreSQL", () => {
  it("are found by their id and by no other", async () => {
    const database = await createTestDatabase(inject("postgresUrl"));
    onTestFinished(() => database.close());
    const clients = createPostgresClients(database, { tenant: "default" });
    const portal = { id: "portal", name: "Portal", test: false };
    await clients.put(portal);
    expect(await clients.get("portal")).toEqual(portal);
    for (const id of ["", "Portal", "portal\0", "\0", "\ud800"]) expect(await clients.get(id), id).toBeNull();
  });
});
