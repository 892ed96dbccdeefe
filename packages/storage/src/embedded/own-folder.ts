import { lstat, mkdir } from "node:fs/promises";

/** A folder at a place where anybody may make one was made by somebody else, or others may write into it. */
class FolderNotOursError extends Error {
  override readonly name = "FolderNotOursError";
  readonly code = "folder-not-ours";
}

/**
 * Makes a folder at a place where every user of the machine may make one, such as `/var/tmp`, unless this user made it
 * before: what others prepared there must not be run or read.
 *
 * @throws FolderNotOursError
 */
export async function ownFolder(folder: string): Promise<void> {
  await mkdir(folder, { mode: 0o755 }).catch(() => undefined);
  const found = await lstat(folder);
  if (found.isDirectory() && found.uid === process.getuid?.() && (found.mode & 0o022) === 0) return;
  throw new FolderNotOursError(
    `${folder} belongs to another user, or others may write into it, so PostgreSQL is not run from there. Remove it, or choose a DATA_DIR and a place of installation that the user "postgres" may enter.`,
  );
}
