import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { copyPrograms } from "./copy-programs.ts";

/** A package with a program and a library, and a folder for copies. */
async function newPackage(version: string) {
  const parent = await mkdtemp(join(tmpdir(), "onceflow-test-"));
  onTestFinished(() => rm(parent, { recursive: true, force: true }));
  const native = join(parent, "package/native");
  for (const folder of ["bin", "lib"]) await mkdir(join(native, folder), { recursive: true });
  await writeFile(join(parent, "package/package.json"), JSON.stringify({ version }));
  await writeFile(join(native, "bin/postgres"), "program", { mode: 0o755 });
  await writeFile(join(native, "lib/plpgsql.so"), "library");
  return { native, folder: join(parent, "onceflow") };
}

describe("copyPrograms", () => {
  it("copies the programs once, for each version", async () => {
    const { native, folder } = await newPackage("18.4.0");
    const copy = await copyPrograms(native, folder);
    expect(copy).toBe(join(folder, "postgres-18.4.0"));
    const made = await stat(copy);
    expect(await copyPrograms(native, folder)).toBe(copy);
    expect((await stat(copy)).ino).toBe(made.ino);
    await writeFile(join(native, "../package.json"), JSON.stringify({ version: "18.5.0" }));
    await copyPrograms(native, folder);
    expect((await readdir(folder)).sort()).toEqual(["postgres-18.4.0", "postgres-18.5.0"]);
  });

  it("copies them again when some of them are gone", async () => {
    const { native, folder } = await newPackage("18.4.0");
    const copy = await copyPrograms(native, folder);
    await rm(join(copy, "lib/plpgsql.so"));
    expect(await copyPrograms(native, folder)).toBe(copy);
    expect(await readFile(join(copy, "lib/plpgsql.so"), "utf8")).toBe("library");
    expect(await readdir(folder)).toEqual(["postgres-18.4.0"]);
  });
});
