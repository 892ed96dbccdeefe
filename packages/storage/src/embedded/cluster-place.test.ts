import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmod, chown, mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { describe, expect, it, onTestFinished } from "vitest";
import { embeddedPostgres, findEmbeddedPostgres } from "./embedded-postgres.ts";
import { ownFolder } from "./own-folder.ts";

const settings = ["fsync=off"];
/** A user of whom the system knows no more than the number. */
const somebody = 12_345;

/** A data folder below one that is open to all, and where its database is when that has no use. */
async function newFolder() {
  const parent = await mkdtemp(join(tmpdir(), "onceflow-test-"));
  await chmod(parent, 0o755);
  const dataDir = join(parent, "data");
  await mkdir(dataDir);
  const [elsewhere, formerly] = [elsewhereOf("/var/lib/onceflow", dataDir), elsewhereOf("/var/tmp/onceflow", dataDir)];
  onTestFinished(async () => {
    for (const folder of [parent, elsewhere, formerly]) await rm(folder, { recursive: true, force: true });
  });
  return { parent, dataDir, elsewhere, formerly };
}

function elsewhereOf(place: string, dataDir: string): string {
  return join(place, createHash("sha256").update(dataDir).digest("hex").slice(0, 16));
}

async function query(url: string, text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<Record<string, unknown>>(text);
  await client.end();
  return rows;
}

/** Makes the database of a folder, with something in it that tells it from any other. */
async function makeMarked(dataDir: string): Promise<void> {
  const owner = await embeddedPostgres({ dataDir, role: "owner", settings });
  await query(owner.url, "CREATE TABLE mark ()");
  await owner.close();
}

/** Starts the database of a folder, for one look at it. */
async function look(dataDir: string) {
  const notices: string[] = [];
  const onNotice = (notice: string) => void notices.push(notice);
  const guest = await embeddedPostgres({ dataDir, role: "guest", settings, onNotice });
  const [row] = await query(guest.url, "SELECT to_regclass('mark') IS NOT NULL AS marked").finally(() => guest.close());
  return { ...(row as { marked: boolean }), folder: guest.folder, notices };
}

describe.skipIf(process.getuid?.() !== 0)("the embedded PostgreSQL of root", () => {
  it("is the one in the closed folder of another user, run as that user", async () => {
    const { dataDir } = await newFolder();
    await makeMarked(dataDir);
    execFileSync("chown", ["-R", `${somebody}:${somebody}`, dataDir]);
    await chmod(dataDir, 0o700);
    expect(await look(dataDir)).toEqual({ marked: true, folder: join(dataDir, "postgres"), notices: [] });
    const owner = await embeddedPostgres({ dataDir, role: "owner", settings });
    onTestFinished(() => owner.close());
    expect((await findEmbeddedPostgres(dataDir))?.url).toBe(owner.url);
  });

  it("is found while it runs, though its user can reach the folder no more", async () => {
    const { parent, dataDir } = await newFolder();
    const owner = await embeddedPostgres({ dataDir, role: "owner", settings });
    onTestFinished(() => owner.close());
    await chmod(parent, 0o700);
    const guest = await embeddedPostgres({ dataDir, role: "guest" });
    await guest.close();
    expect([guest.url, (await findEmbeddedPostgres(dataDir))?.url]).toEqual([owner.url, owner.url]);
  });

  it("is not made anew beside one that its user cannot reach", async () => {
    const { parent, dataDir } = await newFolder();
    await makeMarked(dataDir);
    await chmod(parent, 0o700);
    for (const role of ["owner", "guest"] as const) {
      await expect(embeddedPostgres({ dataDir, role })).rejects.toMatchObject({
        code: "data-folder-closed",
        message: expect.stringContaining(`${dataDir}/postgres/cluster`),
      });
    }
    await chmod(parent, 0o755);
    expect(await look(dataDir)).toMatchObject({ marked: true });
  });

  it("is not made where another user with a closed folder would not find it", async () => {
    const { dataDir } = await newFolder();
    await chown(dataDir, somebody, somebody);
    await chmod(dataDir, 0o700);
    await expect(embeddedPostgres({ dataDir, role: "guest" })).rejects.toMatchObject({ code: "data-folder-closed" });
  });

  it("is in /var/lib/onceflow where its user cannot reach the data folder, and stays there", async () => {
    const { dataDir, elsewhere } = await newFolder();
    await chmod(dataDir, 0o700);
    await makeMarked(dataDir);
    const folder = join(elsewhere, "postgres");
    const notices = [expect.stringContaining(`The database of ${dataDir} is in ${folder}`)];
    expect(await look(dataDir)).toEqual({ marked: true, folder, notices });
    await chmod(dataDir, 0o755);
    expect(await look(dataDir)).toEqual({ marked: true, folder, notices });
  });

  it("is made where its user can reach it, also by a root who shares nothing", async () => {
    const [open, closed] = [await newFolder(), await newFolder()];
    const before = process.umask(0o077);
    onTestFinished(() => void process.umask(before));
    await chmod(closed.dataDir, 0o700);
    for (const { dataDir } of [open, closed]) await makeMarked(dataDir);
    expect((await look(open.dataDir)).folder).toBe(join(open.dataDir, "postgres"));
    expect((await look(closed.dataDir)).folder).toBe(join(closed.elsewhere, "postgres"));
  });

  it("moves to /var/lib/onceflow from where it was before, when nobody runs it there", async () => {
    const { dataDir, elsewhere, formerly } = await newFolder();
    await chmod(dataDir, 0o700);
    await makeMarked(dataDir);
    await ownFolder("/var/tmp/onceflow");
    await rename(elsewhere, formerly);
    expect(await look(dataDir)).toMatchObject({ marked: true, folder: join(elsewhere, "postgres") });
  });
});
