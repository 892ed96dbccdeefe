import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, readFile, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { fallbackFolder } from "./cluster-place.ts";
import { embeddedPostgres, findEmbeddedPostgres } from "./embedded-postgres.ts";
import { postgresBinaries } from "./postgres-binaries.ts";
import { serverUser } from "./server-user.ts";

const settings = ["fsync=off"];

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "onceflow-test-"));
  await chmod(folder, 0o755);
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Makes the database of a folder, or starts the one that is there, and stops it again. */
async function use(dataDir: string): Promise<{ readonly folder: string; readonly port: string }> {
  const owner = await embeddedPostgres({ dataDir, role: "owner", settings });
  await owner.close();
  return { folder: owner.folder, port: new URL(owner.url).port };
}

describe("the server of a folder", () => {
  it("is reached with what its cluster holds", async () => {
    const parent = await newFolder();
    const [here, there] = [join(parent, "here"), join(parent, "there")];
    const { folder } = await use(here);
    const { folder: other } = await use(there);
    await rm(join(other, "cluster"), { recursive: true });
    await rename(join(folder, "cluster"), join(other, "cluster"));
    expect(await use(there)).toMatchObject({ folder: other });
  });

  it("is reached with the file that used to be beside its cluster", async () => {
    const dataDir = join(await newFolder(), "data");
    const { folder } = await use(dataDir);
    await rename(join(folder, "cluster/connection.json"), join(folder, "connection.json"));
    expect(await use(dataDir)).toMatchObject({ folder });
  });

  it.skipIf(process.platform !== "linux")("is stopped although nobody asks how its process ended", async () => {
    const dataDir = join(await newFolder(), "data");
    const { folder, port } = await use(dataDir);
    const user = await serverUser();
    const { postgres } = await postgresBinaries(user, fallbackFolder);
    const options = ["listen_addresses=127.0.0.1", `port=${port}`, "unix_socket_directories="];
    const args = ["-D", join(folder, "cluster"), ...options.flatMap((option) => ["-c", option])];
    // Its parent is a process that waits for no child.
    const parent = spawn("sh", ["-c", '"$0" "$@" & exec sleep 600', postgres, ...args], {
      ...user,
      cwd: "/",
      detached: true,
      stdio: "ignore",
    });
    onTestFinished(async () => {
      if (parent.pid !== undefined) process.kill(-parent.pid, "SIGKILL");
      await once(parent, "exit");
    });
    await expect.poll(() => findEmbeddedPostgres(dataDir)).not.toBeNull();
    const pid = (await readFile(join(folder, "cluster/postmaster.pid"), "utf8")).split("\n")[0];
    const owner = await embeddedPostgres({ dataDir, role: "owner" });
    await owner.close();
    expect(await findEmbeddedPostgres(dataDir)).toBeNull();
    await expect.poll(() => readFile(`/proc/${pid}/stat`, "utf8")).toMatch(/^\d+ \(postgres\) Z/);
  });
});
