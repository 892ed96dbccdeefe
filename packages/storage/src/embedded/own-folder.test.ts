import { chmod, chown, mkdir, mkdtemp, rm, stat, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { ownFolder } from "./own-folder.ts";

async function newPlace(): Promise<string> {
  const parent = await mkdtemp(join(tmpdir(), "onceflow-test-"));
  onTestFinished(() => rm(parent, { recursive: true, force: true }));
  return join(parent, "onceflow");
}

describe("ownFolder", () => {
  it("makes a folder, and takes it again", async () => {
    const folder = await newPlace();
    await ownFolder(folder);
    await expect(ownFolder(folder)).resolves.toBeUndefined();
  });

  it("makes it for others to enter, whatever this process shares by itself", async () => {
    const folder = await newPlace();
    const before = process.umask(0o077);
    onTestFinished(() => void process.umask(before));
    await ownFolder(folder);
    expect((await stat(folder)).mode & 0o777).toBe(0o755);
  });

  it("refuses a folder that others may write into", async () => {
    const folder = await newPlace();
    await mkdir(folder);
    await chmod(folder, 0o777);
    await expect(ownFolder(folder)).rejects.toMatchObject({ code: "folder-not-ours" });
  });

  it("refuses a link to a folder", async () => {
    const folder = await newPlace();
    await mkdir(`${folder}-elsewhere`);
    await symlink(`${folder}-elsewhere`, folder);
    await expect(ownFolder(folder)).rejects.toMatchObject({ code: "folder-not-ours" });
  });

  // Only root may give a folder away, and only root needs one there.
  it.skipIf(process.getuid?.() !== 0)("refuses a folder that another user made first", async () => {
    const folder = await newPlace();
    await mkdir(folder, { mode: 0o755 });
    await chown(folder, 12_345, 12_345);
    await expect(ownFolder(folder)).rejects.toMatchObject({ code: "folder-not-ours" });
  });
});
