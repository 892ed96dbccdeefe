import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { newKeyRingText } from "@onceflow/one-time-code";

/** Makes a key file with one new key, readable by its owner only; false when there is a file already, which stays. */
export async function makeKeyFile(path: string): Promise<boolean> {
  await mkdir(dirname(path), { recursive: true });
  try {
    await writeFile(path, newKeyRingText(), { mode: 0o600, flag: "wx" });
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}
