import { chmod, lstat, mkdir } from "node:fs/promises";

/** A folder of root's alone was made by somebody else, or others may write into it. */
class FolderNotOursError extends Error {
  override readonly name = "FolderNotOursError";
  readonly code = "folder-not-ours";
}

/**
 * Makes a folder that others may enter but not write into, unless this user made it before: what somebody else prepared
 * there must not be run or read.
 *
 * @throws FolderNotOursError
 */
export async function ownFolder(folder: string): Promise<void> {
  await mkdir(folder).then(
    () => chmod(folder, 0o755),
    () => undefined,
  );
  if (await isOwnFolder(folder)) return;
  throw new FolderNotOursError(
    `${folder} belongs to another user, or others may write into it, so PostgreSQL is neither run nor kept there. Choose a DATA_DIR and a place of installation that the user "postgres" may enter, or move that folder away.`,
  );
}

/** Whether it is there, and nobody but this user can have put anything into it. */
export async function isOwnFolder(folder: string): Promise<boolean> {
  const found = await lstat(folder).catch(() => null);
  return found !== null && found.isDirectory() && found.uid === process.getuid?.() && (found.mode & 0o022) === 0;
}
