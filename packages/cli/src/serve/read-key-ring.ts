import { lstat, readFile, realpath, stat } from "node:fs/promises";
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { type KeyRing, parseKeyRing } from "@onceflow/one-time-code";
import { KeyFileError } from "./key-file-error.ts";
import { keyFileOf } from "./key-file-of.ts";
import { makeKeyFile } from "./make-key-file.ts";

/**
 * The key ring of KEY_RING, else of a key file: outside of the data folder and readable by its owner only, so that
 * whoever gets hold of the data has no keys. What counts is the file that links lead to.
 *
 * @param options.keyFile by default beside the data folder
 * @param options.onNew a missing file is made with a new key, and this is told where. @default it is an error
 * @throws KeyFileError, InvalidKeyRingError
 */
export async function readKeyRing(options: {
  keyRing: string | undefined;
  keyFile: string | undefined;
  dataDir: string;
  onNew?: (path: string) => void;
}): Promise<KeyRing> {
  const { keyRing, dataDir, onNew } = options;
  if (keyRing !== undefined) return parseKeyRing(keyRing);
  const path = keyFileOf(options);
  const folder = resolve(dataDir);
  if (isInside(path, folder) || isInside(await whereLeads(path), await whereLeads(folder))) {
    throw new KeyFileError(`The key file ${path} is inside the data folder. Choose another place with KEY_FILE.`);
  }
  const file = await stat(path).catch(() => null);
  if (file === null && (await lstat(path).catch(() => null)) !== null) {
    throw new KeyFileError(`The key file ${path} is a link to nothing. Mend it, or name the file with KEY_FILE.`);
  }
  if (file === null) {
    if (onNew === undefined) {
      throw new KeyFileError(
        `There is no key file ${path}. Make one, once and for all processes: onceflow key new. Or name yours with KEY_FILE, or hand over the keys in KEY_RING.`,
      );
    }
    // Whoever was faster made the keys that count.
    await makeKeyFile(path);
    onNew(path);
  } else if (!file.isFile()) {
    const what = file.isDirectory() ? "a folder" : "no regular file";
    throw new KeyFileError(`The key file ${path} is ${what}. Name a file with KEY_FILE.`);
  } else if (process.platform !== "win32" && (file.mode & 0o077) !== 0) {
    throw new KeyFileError(`The key file ${path} can be read by others. Run: chmod 600 ${path}`);
  }
  return parseKeyRing(await readFile(path, "utf8"));
}

/** The path without links, as far as there is something there. */
async function whereLeads(path: string): Promise<string> {
  const real = await realpath(path).catch(() => null);
  const parent = dirname(path);
  return real ?? (parent === path ? path : join(await whereLeads(parent), basename(path)));
}

function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  // By the whole name: `..keys` is one of the folder's own. Absolute is the way to another drive.
  return way.split(sep)[0] !== ".." && !isAbsolute(way);
}
