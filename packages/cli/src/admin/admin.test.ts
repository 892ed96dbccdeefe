import { lstatSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { createOneTimeCodes, newKeyRingText, parseKeyRing } from "@onceflow/one-time-code";
import {
  createPostgresApiKeys,
  createPostgresAuditLog,
  createPostgresClients,
  createPostgresOneTimeCodeStore,
  createPostgresUsers,
  type Database,
  embeddedPostgres,
  findEmbeddedPostgres,
  openDatabase,
} from "@onceflow/storage";
import { beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { main } from "../main.ts";
import { createDataFolder, type DataFolder } from "../testing/data-folder.ts";

const tenant = { tenant: "default" };
const keyForm = /^onceflow_[0-9a-f]{16}_[\w-]{43}$/;

/** A folder that nobody serves. */
function newFolder(): DataFolder {
  const folder = createDataFolder();
  onTestFinished(() => folder.remove());
  return folder;
}

describe("onceflow, while a server process holds the data folder", () => {
  const { call, serve, dataDir, remove } = createDataFolder();
  let database: Database;
  let url: string;
  beforeAll(async () => {
    const end = await serve();
    url = (await call(["database", "url"])).stdout.trim();
    database = await openDatabase({ url, maxConnections: 2 });
    return async () => {
      await database.close();
      await end();
      remove();
    };
  });

  it("adds a client and a key, and further keys, each printed once on a line of its own", async () => {
    const first = await call(["client", "add", "portal", "--scopes", "execute,author"]);
    expect(first.exitCode).toBe(0);
    const key = first.stdout.trimEnd().split("\n").at(-1) ?? "";
    expect(key).toMatch(keyForm);
    expect(first.stderr).not.toContain(key);
    const again = await call(["client", "add", "portal", "--scopes", "operate"]);
    const apiKeys = createPostgresApiKeys(database, tenant);
    expect(await apiKeys.find(key)).toMatchObject({ clientId: "portal", scopes: ["author", "execute"] });
    expect(await apiKeys.find(again.stdout.trim())).toMatchObject({ clientId: "portal", scopes: ["operate"] });
    expect(await createPostgresClients(database, tenant).get("portal")).toEqual({
      id: "portal",
      name: "portal",
      test: false,
    });
    expect(await createPostgresAuditLog(database, tenant).list({ limit: 10 })).toMatchObject([
      { event: "api_key_added", clientId: "portal", details: { scopes: ["operate"] } },
      { event: "api_key_added", clientId: "portal", details: { scopes: ["author", "execute"] } },
      { event: "client_put", clientId: "portal" },
    ]);
  });

  it("makes a test client, and makes none of a client that is there", async () => {
    expect((await call(["client", "add", "kiosk", "--scopes", "execute", "--test"])).exitCode).toBe(0);
    expect((await call(["client", "add", "kiosk", "--scopes", "execute"])).exitCode).toBe(0);
    expect((await call(["client", "add", "shop", "--scopes", "execute"])).exitCode).toBe(0);
    const refused = await call(["client", "add", "shop", "--scopes", "execute", "--test"]);
    expect(refused).toMatchObject({ exitCode: 1, stdout: "", stderr: expect.stringContaining("no test client") });
    const clients = createPostgresClients(database, tenant);
    expect([await clients.get("kiosk"), await clients.get("shop")]).toMatchObject([{ test: true }, { test: false }]);
    const apiKeys = await createPostgresApiKeys(database, tenant).list();
    expect(apiKeys.filter(({ clientId }) => clientId === "kiosk")).toHaveLength(2);
    expect(apiKeys.filter(({ clientId }) => clientId === "shop")).toHaveLength(1);
  });

  it("lists clients and the ids of their keys, and revokes one by its id or by itself", async () => {
    const [one, other] = [
      (await call(["client", "add", "till", "--scopes", "execute"])).stdout.trim(),
      (await call(["client", "add", "till", "--scopes", "operate"])).stdout.trim(),
    ];
    const idOf = (key: string) => key.split("_")[1] ?? "";
    expect((await call(["client", "revoke", idOf(one)])).exitCode).toBe(0);
    const revoked = await call(["client", "revoke", other]);
    expect(revoked.exitCode).toBe(0);
    const list = await call(["client", "list"]);
    expect(list.stdout).toMatch(/^till\n {2}key [0-9a-f]{16} execute, added .*, revoked .*\n {2}key .* operate, /m);
    expect((await call(["client", "revoke", idOf(one)])).exitCode).toBe(1);
    expect(await createPostgresApiKeys(database, tenant).find(one)).toBeNull();
    for (const key of [one, other]) expect(list.stdout + revoked.stdout).not.toContain(key);
  });

  it("adds users under new IDs, with address and test flag, and no name twice", async () => {
    const eva = await call(["user", "add", "eva", "--email", "eva@example.test", "--test"]);
    const ben = await call(["user", "add", "Ben B.", "--disabled"]);
    expect([eva.exitCode, ben.exitCode]).toEqual([0, 0]);
    const same = { firstName: null, lastName: null, locale: null };
    expect(await createPostgresUsers(database, tenant).list()).toEqual([
      { ...same, id: eva.stdout.trim(), userName: "eva", email: "eva@example.test", enabled: true, test: true },
      { ...same, id: ben.stdout.trim(), userName: "Ben B.", email: null, enabled: false, test: false },
    ]);
    for (const name of ["EVA", eva.stdout.trim()]) {
      const refused = await call(["user", "add", name, "--email", "other@example.test"]);
      expect(refused).toMatchObject({ exitCode: 1, stdout: "" });
      expect(refused.stderr).toMatch(/^onceflow: There is a user of this name already/);
    }
  });

  it("unlocks a user by name, which the audit trail tells", async () => {
    const id = (await call(["user", "add", "uma"])).stdout.trim();
    expect(await call(["user", "unlock", "UMA"])).toMatchObject({ exitCode: 0, stdout: `${id} may try again.\n` });
    const [entry] = await createPostgresAuditLog(database, tenant).list({ limit: 1 });
    expect(entry).toMatchObject({ event: "unlocked", userId: id });
    const nobody = await call(["user", "unlock", "nobody-482913"]);
    expect(nobody).toMatchObject({ exitCode: 1, stderr: "onceflow: Nobody has this name or ID.\n" });
  });

  it("works on the database and the tenant that DATABASE_URL and ONCEFLOW_TENANT name, and makes no folder", async () => {
    const other = newFolder();
    const env = { DATABASE_URL: url, ONCEFLOW_TENANT: "other" };
    const { stdout } = await other.call(["client", "add", "portal", "--scopes", "execute"], env);
    expect(await createPostgresApiKeys(database, tenant).find(stdout.trim())).toBeNull();
    expect(await createPostgresApiKeys(database, { tenant: "other" }).find(stdout.trim())).not.toBeNull();
    expect((await other.call(["database", "url"], env)).stdout).toBe(`${url}\n`);
    expect(() => statSync(other.dataDir)).toThrow("ENOENT");
    const wrong = await other.call(["client", "list"], { DATABASE_URL: url.replace(/:[^:@]+@/, ":s3cret@") });
    expect(wrong.exitCode).toBe(1);
    expect(wrong.stderr).toMatch(/^onceflow: The database at 127\.0\.0\.1:\d+\/postgres refuses .+\n$/);
    expect(wrong.stderr).not.toContain("s3cret");
  });

  it("rotates the key file: codes made before are confirmed after, by the new ring", async () => {
    const keyFile = `${dataDir}.keys`;
    writeFileSync(keyFile, newKeyRingText(), { mode: 0o600 });
    const store = createPostgresOneTimeCodeStore(database);
    const serve = () =>
      createOneTimeCodes({ store, keyRing: parseKeyRing(readFileSync(keyFile, "utf8")), testMode: true });
    const same = { runId: "run", stepId: "code", clientId: "portal", sessionId: "s-1", ipClass: null } as const;
    const purpose = "second_factor" as const;
    const { challengeId, revealedCode } = await serve().issue({
      ...same,
      idempotencyKey: "key-1",
      user: { id: "user-eva", email: "eva@example.test", enabled: true, test: true },
      typedName: "eva",
      client: { id: "portal", test: true },
      purpose,
      alphabet: "digits",
      length: 6,
    });
    expect(await call(["key", "rotate"])).toMatchObject({ exitCode: 0, stdout: expect.stringContaining("k2 is the") });
    expect(parseKeyRing(readFileSync(keyFile, "utf8")).current.kid).toBe("k2");
    expect(statSync(keyFile).mode & 0o777).toBe(0o600);
    const attempt = { ...same, attemptId: "try-1", userId: "user-eva", purpose, challengeId, code: revealedCode };
    expect(await serve().confirm(attempt)).toMatchObject({ outcome: "confirmed" });
  });
});

describe("onceflow, on a data folder that nobody serves", () => {
  it("starts the database for so long, keeps what it did, and leaves the folder to a server", async () => {
    const { call, dataDir } = newFolder();
    const key = (await call(["client", "add", "portal", "--scopes", "execute"])).stdout.trim();
    expect(key).toMatch(keyForm);
    expect(await findEmbeddedPostgres(dataDir)).toBeNull();
    expect((await call(["client", "list", "--data", dataDir], { DATA_DIR: "/nowhere" })).stdout).toContain("portal\n");
    const server = await embeddedPostgres({ dataDir, role: "owner" });
    onTestFinished(() => server.close());
    const database = await openDatabase({ url: server.url });
    onTestFinished(() => database.close());
    expect(await createPostgresApiKeys(database, tenant).find(key)).not.toBeNull();
  });

  it("takes several commands at once", async () => {
    const { call } = newFolder();
    const calls = ["one", "two", "three"].map((id) => call(["client", "add", id, "--scopes", "execute"]));
    expect((await Promise.all(calls)).map(({ exitCode, stderr }) => [exitCode, stderr.includes("Key ")])).toEqual([
      [0, true],
      [0, true],
      [0, true],
    ]);
  });

  it("has no address of a database to print", async () => {
    const { call, dataDir } = newFolder();
    const { exitCode, stdout, stderr } = await call(["database", "url"]);
    expect([exitCode, stdout]).toEqual([1, ""]);
    expect(stderr).toContain(`No database runs on the data folder ${dataDir}`);
  });
});

describe("onceflow key rotate", () => {
  it("keeps every key when two rotate at once, and refuses what it cannot read", async () => {
    const { call, dataDir } = newFolder();
    const missing = await call(["key", "rotate"]);
    expect(missing).toMatchObject({ exitCode: 1, stderr: expect.stringContaining(`${dataDir}.keys cannot be read`) });
    const keyFile = `${dataDir}.other`;
    writeFileSync(keyFile, newKeyRingText(), { mode: 0o600 });
    const env = { KEY_FILE: keyFile };
    const exits = (await Promise.all([call(["key", "rotate"], env), call(["key", "rotate"], env)])).map(
      ({ exitCode }) => exitCode,
    );
    const { current, others } = parseKeyRing(readFileSync(keyFile, "utf8"));
    expect(others.length + 1).toBe(1 + exits.filter((exitCode) => exitCode === 0).length);
    expect(current.kid).toBe(`k${others.length + 1}`);
    writeFileSync(keyFile, '{"keys":"c2VjcmV0"}');
    const broken = await call(["key", "rotate"], env);
    expect(broken.exitCode).toBe(1);
    expect(broken.stderr).not.toContain("c2VjcmV0");
    expect(await call(["key", "rotate"], { KEY_RING: newKeyRingText() })).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining("KEY_RING"),
    });
  });

  it("changes the file that a link leads to, and leaves the link", async () => {
    const { call, dataDir } = newFolder();
    const keyFile = `${dataDir}.keys`;
    writeFileSync(`${keyFile}.real`, newKeyRingText(), { mode: 0o600 });
    symlinkSync(`${keyFile}.real`, keyFile);
    expect((await call(["key", "rotate"])).exitCode).toBe(0);
    expect(lstatSync(keyFile).isSymbolicLink()).toBe(true);
    expect(parseKeyRing(readFileSync(`${keyFile}.real`, "utf8")).current.kid).toBe("k2");
  });
});

describe("an unusable call of administration", () => {
  it.each([
    ["client", "add"],
    ["client", "add", "portal"],
    ["client", "add", "portal", "--scopes", ""],
    ["client", "add", "portal", "--scopes", "execute,482913"],
    ["client", "add", "482913", "--scopes", "execute"],
    ["client", "add", "Portal", "--scopes", "execute"],
    ["client", "add", "portal", "482913", "--scopes", "execute"],
    ["client", "list", "482913"],
    ["client", "remove", "482913"],
    ["client"],
    ["user", "add"],
    ["user", "add", " "],
    ["user", "add", "a\nb"],
    ["user", "add", "eva", "--email", "482913"],
    ["user", "add", "eva", "--email", "a@b.test,482913@b.test"],
    ["user", "unlock"],
    ["key", "rotate", "482913"],
    ["database", "url", "--482913"],
  ])("has exit code 2 and is not repeated: %s %s %s %s %s", async (...args) => {
    let [stdout, stderr] = ["", ""];
    const exitCode = await main(
      args.filter((word) => word !== undefined),
      {
        stdout: { write: (text) => (stdout += text) },
        stderr: { write: (text) => (stderr += text) },
        env: { DATA_DIR: "/nowhere" },
      },
    );
    expect(exitCode).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toMatch(/^onceflow: .+\n\nUsage:/);
    expect(stderr).not.toContain("482913");
  });
});
