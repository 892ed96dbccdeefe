import { cp, readdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { ownFolder } from "./own-folder.ts";

/** Copies the programs of a package to a folder of this user's own, once for each version; returns where they are. */
export async function copyPrograms(native: string, folder: string): Promise<string> {
  const { version } = JSON.parse(await readFile(join(native, "../package.json"), "utf8")) as { version: string };
  const copy = join(folder, `postgres-${version}`);
  await ownFolder(folder);
  if (await isWhole(copy, native)) return copy;
  const draft = `${copy}.${process.pid}`;
  await cp(native, draft, { recursive: true, verbatimSymlinks: true });
  await rm(copy, { recursive: true, force: true });
  // Another process may have been faster: its copy is as good.
  await rename(draft, copy).catch(() => rm(draft, { recursive: true, force: true }));
  return copy;
}

async function isWhole(copy: string, native: string): Promise<boolean> {
  const there = new Set(await readdir(copy, { recursive: true }).catch(() => []));
  return (await readdir(native, { recursive: true })).every((path) => there.has(path));
}
