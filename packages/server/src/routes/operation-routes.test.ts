import { describe, expect, it } from "vitest";
import type { AuditEntry, AuditQuery, Scope } from "@onceflow/step-runtime";
import { createMemoryUsers, sampleUsers } from "@onceflow/step-runtime/memory";
import { createTestServer } from "../testing/create-test-server.ts";

const entry: AuditEntry = {
  seq: 7,
  atMs: 1000,
  event: "confirm_failed",
  userId: "user-demo",
  clientId: "portal",
  purpose: "second_factor",
  runId: "run-1",
  stepId: "confirm",
  challengeId: null,
  ipClass: "192.0.2.1/32",
  details: { reason: "wrong_code" },
};

/** A server for an operator; remembers what it was asked. */
async function setUp(scopes: readonly Scope[] = ["operate"]) {
  const queries: AuditQuery[] = [];
  const unlocked: string[] = [];
  const { visit } = await createTestServer({
    visitor: { clientId: "digital-workplace", userId: null, scopes },
    audit: {
      list: async (query) => {
        queries.push(query);
        return [entry];
      },
      tally: async () => [],
    },
    codes: { callLimit: async () => null, unlock: async (id) => void unlocked.push(id) },
  });
  return { visitor: await visit(), queries, unlocked };
}

describe("GET /api/audit", () => {
  it("answers what the filters ask for", async () => {
    const { visitor, queries } = await setUp();
    const path = "/api/audit?event=locked,confirm_failed&user=user-demo&run=run-1&from=5&to=9&before=8&limit=3";
    const response = await visitor.get(path);
    expect(await response.json()).toEqual({ entries: [entry] });
    expect(queries).toEqual([
      {
        events: ["locked", "confirm_failed"],
        userId: "user-demo",
        runId: "run-1",
        fromMs: 5,
        toMs: 9,
        before: 8,
        limit: 3,
      },
    ]);
  });

  it.each(["limit=0", "limit=501", "limit=x", "from=-1", "before=1.5"])("refuses %s", async (query) => {
    const { visitor, queries } = await setUp();
    expect((await visitor.get(`/api/audit?${query}`)).status).toBe(422);
    expect(queries).toEqual([]);
  });

  it("is for operators only, as is unlocking", async () => {
    const { visitor, queries, unlocked } = await setUp(["author", "execute"]);
    expect((await visitor.get("/api/audit")).status).toBe(403);
    expect((await visitor.post("/api/users/user-demo/unlock", {})).status).toBe(403);
    expect([queries, unlocked]).toEqual([[], []]);
  });
});

describe("GET /api/clients", () => {
  it("lists the clients", async () => {
    const { visitor } = await setUp();
    expect(await (await visitor.get("/api/clients")).json()).toEqual({
      clients: [
        { id: "digital-workplace", name: "Digital Workplace", test: true },
        { id: "portal", name: "Portal", test: false },
      ],
    });
  });
});

describe("GET /api/users", () => {
  it("lists the users with their addresses masked, also where one is a name", async () => {
    const [alice] = sampleUsers.filter(({ userName }) => userName === "alice");
    if (alice === undefined) throw new Error("The samples are gone.");
    const { visit } = await createTestServer({
      visitor: { clientId: "portal", userId: null, scopes: ["operate"] },
      users: createMemoryUsers([
        alice,
        { ...alice, id: "u-2", userName: "eva@example.test", email: null, test: false },
      ]),
    });
    const response = await (await visit()).get("/api/users");
    const same = { locale: "fr", enabled: true };
    expect(await response.json()).toEqual({
      users: [
        { ...same, id: "user-alice", userName: "alice", email: "a•••@example.test", test: true },
        { ...same, id: "u-2", userName: "e•••@example.test", email: null, test: false },
      ],
    });
  });
});

describe("POST /api/users/{id}/unlock", () => {
  it("unlocks a user by ID or name, with the CSRF token", async () => {
    const { visitor, unlocked } = await setUp();
    expect((await visitor.post("/api/users/demo/unlock", {})).status).toBe(204);
    expect(unlocked).toEqual(["user-demo"]);
    expect((await visitor.post("/api/users/nobody/unlock", {})).status).toBe(404);
    expect((await visitor.post("/api/users/demo/unlock", {}, { "X-CSRF-Token": "other" })).status).toBe(403);
    expect(unlocked).toEqual(["user-demo"]);
  });
});
