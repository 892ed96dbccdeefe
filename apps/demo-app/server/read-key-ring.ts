import { lstat, mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, relative, resolve } from "node:path";
import { type KeyRing, newKeyRingText, parseKeyRing } from "@onceflow/one-time-code";

/** The keys cannot be had, or anybody could have them. */
class KeyFileError extends Error {
  override readonly name = "KeyFileError";
  readonly code = "key-file";
}

/**
 * The key ring of KEY_RING, else of a key file: outside of the data folder and readable by its owner only, so that
 * whoever gets hold of the data has no keys.
 *
 * @param options.keyFile made with a new key when it is missing
 * @throws KeyFileError, InvalidKeyRingError
 */
export async function readKeyRing(options: {
  keyRing: string | undefined;
  keyFile: string;
  dataDir: string;
  onNew: (path: string) => void;
}): Promise<KeyRing> {
  const { keyRing, dataDir, onNew } = options;
  if (keyRing !== undefined) return parseKeyRing(keyRing);
  const path = resolve(options.keyFile);
  if (!relative(resolve(dataDir), path).startsWith("..")) {
    throw new KeyFileError(`The key file ${path} is inside the data folder. Choose another place with KEY_FILE.`);
  }
  const file = await lstat(path).catch(() => null);
  if (file === null) {
    await mkdir(dirname(path), { recursive: true });
    // wx: whoever was faster made the keys that count.
    await writeFile(path, newKeyRingText(), { mode: 0o600, flag: "wx" }).catch(ignoreExisting);
    onNew(path);
  } else if (!file.isFile() || (process.platform !== "win32" && (file.mode & 0o077) !== 0)) {
    throw new KeyFileError(`The key file ${path} can be read by others. Run: chmod 600 ${path}`);
  }
  return parseKeyRing(await readFile(path, "utf8"));
}

function ignoreExisting(error: unknown): void {
  if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
}
