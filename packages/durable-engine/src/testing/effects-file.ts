import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** A file for the effects of one test. */
export async function effectsFile(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "onceflow-effects-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return join(folder, "effects");
}
