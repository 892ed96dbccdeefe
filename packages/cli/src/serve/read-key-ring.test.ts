import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { newKeyRingText, parseKeyRing } from "@onceflow/one-time-code";
import { describe, expect, it, onTestFinished } from "vitest";
import { readKeyRing } from "./read-key-ring.ts";

/** A key file at this place beside or below a data folder, and what reads it. */
async function keysAt(place: string) {
  const parent = await mkdtemp(join(tmpdir(), "onceflow-keys-"));
  onTestFinished(() => rm(parent, { recursive: true }));
  const text = newKeyRingText();
  const keyFile = join(parent, place);
  await mkdir(dirname(keyFile), { recursive: true });
  await writeFile(keyFile, text, { mode: 0o600 });
  return { text, read: () => readKeyRing({ keyRing: undefined, keyFile, dataDir: join(parent, "data") }) };
}

describe("readKeyRing", () => {
  it.each(["data/keys", "data/..keys", "data/...", "data/..keys/ring"])(
    "refuses a key file that lies in the data folder, as %s",
    async (place) => {
      const { read } = await keysAt(place);
      await expect(read()).rejects.toMatchObject({
        code: "key-file",
        message: expect.stringMatching(/is inside the data folder\. .*KEY_FILE/) as unknown,
      });
    },
  );

  it.each(["data.keys", "..keys", "database/keys"])("reads one that lies beside it, as %s", async (place) => {
    const { text, read } = await keysAt(place);
    expect((await read()).current.kid).toBe(parseKeyRing(text).current.kid);
  });
});
