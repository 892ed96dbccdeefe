import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { newKeyRingText, parseKeyRing } from "@onceflow/one-time-code";
import { describe, expect, it, onTestFinished } from "vitest";
import { readKeyRing } from "./read-key-ring.ts";

/** A key file at this place beside or below a data folder, and what reads it. */
async function keysAt(place: string) {
  const parent = await mkdtemp(join(tmpdir(), "onceflow-keys-"));
  onTestFinished(() => rm(parent, { recursive: true }));
  const text = newKeyRingText();
  const keyFile = join(parent, place);
  await mkdir(dirname(keyFile), { recursive: true });
  await writeFile(keyFile, text, { mode: 0o600 });
  const read = (named = keyFile) => readKeyRing({ keyRing: undefined, keyFile: named, dataDir: join(parent, "data") });
  return { parent, text, keyFile, read };
}

describe("readKeyRing", () => {
  it.each(["data/keys", "data/..keys", "data/...", "data/..keys/ring"])(
    "refuses a key file that lies in the data folder, as %s",
    async (place) => {
      const { read } = await keysAt(place);
      await expect(read()).rejects.toMatchObject({
        code: "key-file",
        message: expect.stringMatching(/is inside the data folder\. .*KEY_FILE/) as unknown,
      });
    },
  );

  it.each(["data.keys", "..keys", "database/keys"])("reads one that lies beside it, as %s", async (place) => {
    const { text, read } = await keysAt(place);
    expect((await read()).current.kid).toBe(parseKeyRing(text).current.kid);
  });

  it("follows links to the file, as those of a mounted Kubernetes secret", async () => {
    const { parent, text, read } = await keysAt("mount/..2026/ring");
    await symlink("..2026", join(parent, "mount/..data"));
    await symlink("..data/ring", join(parent, "mount/ring"));
    expect((await read(join(parent, "mount/ring"))).current.kid).toBe(parseKeyRing(text).current.kid);
  });

  it("refuses a file that others can read, by a link too", async () => {
    const { parent, keyFile, read } = await keysAt("ring");
    await symlink("ring", join(parent, "link"));
    await chmod(keyFile, 0o640);
    for (const path of [keyFile, join(parent, "link")]) {
      await expect(read(path)).rejects.toMatchObject({
        code: "key-file",
        message: expect.stringContaining(`Run: chmod 600 ${path}`) as unknown,
      });
    }
  });

  it("refuses a link that leads into the data folder, by its folder too", async () => {
    const { parent, keyFile, read } = await keysAt("data/ring");
    await symlink(keyFile, join(parent, "link"));
    await symlink(join(parent, "data"), join(parent, "folder"));
    for (const place of ["link", "folder/ring", "folder/none-yet"]) {
      await expect(read(join(parent, place))).rejects.toMatchObject({
        code: "key-file",
        message: expect.stringContaining("is inside the data folder") as unknown,
      });
    }
  });

  it("says so when it is a folder, or a link to nothing", async () => {
    const { parent, read } = await keysAt("ring");
    await symlink("nowhere", join(parent, "link"));
    await expect(read(parent)).rejects.toMatchObject({
      code: "key-file",
      message: expect.stringContaining(`${parent} is a folder`) as unknown,
    });
    await expect(read(join(parent, "link"))).rejects.toMatchObject({
      code: "key-file",
      message: expect.stringContaining("is a link to nothing") as unknown,
    });
  });
});
