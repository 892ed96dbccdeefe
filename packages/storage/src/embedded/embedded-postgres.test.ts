import { chmod, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { describe, expect, it, onTestFinished } from "vitest";
import { DataFolderInUseError, embeddedPostgres, findEmbeddedPostgres } from "./embedded-postgres.ts";

const settings = ["fsync=off"];

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "onceflow-test-"));
  await chmod(folder, 0o755);
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return join(folder, "data");
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query("SELECT 1 AS one");
  await client.end();
  return rows.length === 1;
}

describe("the embedded PostgreSQL", () => {
  it("is found while it runs, and only then", async () => {
    const dataDir = await newFolder();
    expect(await findEmbeddedPostgres(dataDir)).toBeNull();
    const owner = await embeddedPostgres({ dataDir, role: "owner", settings });
    expect((await findEmbeddedPostgres(dataDir))?.url).toBe(owner.url);
    await owner.close();
    expect(await findEmbeddedPostgres(dataDir)).toBeNull();
  });

  it("has one owner, and goes on when a guest beside it leaves", async () => {
    const dataDir = await newFolder();
    const owner = await embeddedPostgres({ dataDir, role: "owner", settings });
    onTestFinished(() => owner.close());
    await expect(embeddedPostgres({ dataDir, role: "owner" })).rejects.toThrow(DataFolderInUseError);
    const guest = await embeddedPostgres({ dataDir, role: "guest" });
    expect(guest.url).toBe(owner.url);
    await guest.close();
    expect(await answers(owner.url)).toBe(true);
  });

  it.skipIf(process.platform !== "linux")("is its owner's until it has been told to stop", async () => {
    const dataDir = await newFolder();
    const owner = await embeddedPostgres({ dataDir, role: "owner", settings });
    const watcher = new pg.Client({ connectionString: owner.url });
    watcher.on("error", () => undefined);
    await watcher.connect();
    const pid = Number((await readFile(join(owner.folder, "cluster/postmaster.pid"), "utf8")).split("\n")[0]);
    const status = () => readFile(`/proc/${pid}/status`, "utf8");
    process.kill(pid, "SIGSTOP");
    await expect.poll(status).toMatch(/^State:\s*T/m);
    const closing = owner.close();
    // SIGINT, the second bit, waits.
    await expect.poll(status).toMatch(/^ShdPnd:\s*\w*2$/m);
    const { rows } = await watcher.query("SELECT count(*)::int AS owners FROM pg_locks WHERE locktype = 'advisory'");
    process.kill(pid, "SIGCONT");
    await closing;
    expect(rows).toEqual([{ owners: 1 }]);
  });

  it("goes to the owner who comes while the one before leaves", async () => {
    const dataDir = await newFolder();
    let owner = await embeddedPostgres({ dataDir, role: "owner", settings });
    for (let round = 0; round < 5; round += 1) {
      const closing = owner.close();
      const refused = (error: unknown) => {
        if (!(error instanceof DataFolderInUseError)) throw error;
        return null;
      };
      let next: typeof owner | null = null;
      while (next === null) next = await embeddedPostgres({ dataDir, role: "owner", settings }).catch(refused);
      await closing;
      expect(await answers(next.url)).toBe(true);
      owner = next;
    }
    await owner.close();
  });

  it("is stopped by the guest that started it once the last guest has left", async () => {
    const dataDir = await newFolder();
    const first = await embeddedPostgres({ dataDir, role: "guest", settings });
    const second = await embeddedPostgres({ dataDir, role: "guest", settings });
    let stopped = false;
    const closing = first.close().then(() => (stopped = true));
    expect(await answers(second.url)).toBe(true);
    expect(stopped).toBe(false);
    await second.close();
    await closing;
    expect(await findEmbeddedPostgres(dataDir)).toBeNull();
  });

  it("serves guests that come while it is made, started and stopped, and the owner who comes beside a guest", async () => {
    const dataDir = await newFolder();
    const use = async () => {
      const guest = await embeddedPostgres({ dataDir, role: "guest", settings });
      const answered = await answers(guest.url);
      await guest.close();
      return answered;
    };
    expect(await Promise.all([use(), use(), use()])).toEqual([true, true, true]);
    expect(await Promise.all([use(), use(), use()])).toEqual([true, true, true]);
    const guest = await embeddedPostgres({ dataDir, role: "guest", settings });
    const owner = await embeddedPostgres({ dataDir, role: "owner" });
    await guest.close();
    expect(await answers(owner.url)).toBe(true);
    await owner.close();
    expect(await findEmbeddedPostgres(dataDir)).toBeNull();
  });
});
