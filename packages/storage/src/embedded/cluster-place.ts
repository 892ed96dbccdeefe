import { createHash } from "node:crypto";
import { access, constants, rename, stat } from "node:fs/promises";
import { userInfo } from "node:os";
import { dirname, join } from "node:path";
import { isOwnFolder, ownFolder } from "./own-folder.ts";
import { runAs, type ServerUser, serverUser } from "./server-user.ts";

/** Where root keeps what the server's user cannot reach where it is. */
export const fallbackFolder = "/var/lib/onceflow";

/** Where that was before: at a place whose files the system deletes after a month without use. */
const formerFolder = "/var/tmp/onceflow";

/** The server of a data folder cannot run there, and a database anywhere else would be another one. */
class DataFolderClosedError extends Error {
  override readonly name = "DataFolderClosedError";
  readonly code = "data-folder-closed";
  constructor(path: string, uid: number) {
    super(
      `PostgreSQL has to run as user ${uid}, who cannot enter ${path}. Let that user enter it and every folder above it, or start as the user whom it belongs to.`,
    );
  }
}

/** Where the database of a data folder is or will be, and as whom its server runs. */
export interface ClusterPlace {
  /** The cluster is in its folder `cluster`. */
  readonly folder: string;
  readonly user: ServerUser | null;
}

/** The folder that has the database of a data folder; null when none was made yet. It looks only. */
export async function findCluster(dataDir: string): Promise<string | null> {
  return (await find(dataDir))?.folder ?? null;
}

/**
 * Where to start the server of a data folder. A database that is there is used where it is, and run as the user whose
 * it is; a new one is in the data folder, or for root where the user `postgres` can reach it.
 *
 * @throws DataFolderClosedError when it would have to be another database than the data folder's
 */
export async function clusterPlace(dataDir: string): Promise<ClusterPlace> {
  const fallback = folderBelow(fallbackFolder, dataDir);
  const former = folderBelow(formerFolder, dataDir);
  if ((await findCluster(dataDir)) === former) {
    await ownFolder(fallbackFolder);
    // It is on another disk, or another process was faster.
    await rename(dirname(former), dirname(fallback)).catch(() => undefined);
  }
  const found = await find(dataDir);
  const user = await serverUser(found?.owner);
  const entry = found === null ? dataDir : join(found.folder, "cluster");
  if (await mayEnter(user, entry)) return { folder: found?.folder ?? join(dataDir, "postgres"), user };
  if (found === null && user !== null && (await stat(dataDir)).uid === 0) {
    for (const ours of [fallbackFolder, dirname(fallback)]) await ownFolder(ours);
    return { folder: fallback, user };
  }
  throw new DataFolderClosedError(entry, user?.uid ?? userInfo().uid);
}

async function find(dataDir: string): Promise<{ readonly folder: string; readonly owner: ServerUser } | null> {
  const folders = [join(dataDir, "postgres")];
  if (userInfo().uid === 0) {
    for (const ours of [fallbackFolder, formerFolder]) {
      if (await isOwnFolder(ours)) folders.push(folderBelow(ours, dataDir));
    }
  }
  for (const folder of folders) {
    const cluster = await stat(join(folder, "cluster")).catch((error: unknown) => {
      // What cannot be looked at may well be there.
      if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
      throw error;
    });
    if (cluster !== null) return { folder, owner: { uid: cluster.uid, gid: cluster.gid } };
  }
  return null;
}

function folderBelow(place: string, dataDir: string): string {
  const name = createHash("sha256").update(dataDir).digest("hex").slice(0, 16);
  return join(place, name, "postgres");
}

async function mayEnter(user: ServerUser | null, folder: string): Promise<boolean> {
  if (user !== null) return runAs(user, "test", ["-x", folder]);
  return access(folder, constants.X_OK).then(
    () => true,
    () => false,
  );
}
