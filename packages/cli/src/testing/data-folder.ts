import { execFile, fork } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const bin = fileURLToPath(new URL("../../bin/onceflow.js", import.meta.url));
const ownerScript = fileURLToPath(new URL("owner-process.ts", import.meta.url));

/** What a call of `onceflow` came to. */
interface CallResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A data folder for tests. */
export interface DataFolder {
  readonly dataDir: string;
  /** Runs the built `onceflow` in a process of its own on the folder, without the variables of this process. */
  readonly call: (args: readonly string[], env?: Readonly<Record<string, string>>) => Promise<CallResult>;
  /** Starts a process that holds the folder as a server does. @returns what ends it */
  readonly serve: () => Promise<() => Promise<void>>;
  readonly remove: () => void;
}

/** Makes one. */
export function createDataFolder(): DataFolder {
  const folder = mkdtempSync(join(tmpdir(), "onceflow-cli-"));
  // The database's own user goes through here.
  chmodSync(folder, 0o755);
  const dataDir = join(folder, "data");
  return {
    dataDir,
    call: (args, env = {}) =>
      new Promise((resolve) => {
        const options = { env: { PATH: process.env["PATH"], DATA_DIR: dataDir, ...env } };
        execFile(process.execPath, [bin, ...args], options, (error, stdout, stderr) => {
          resolve({ exitCode: typeof error?.code === "number" ? error.code : error === null ? 0 : -1, stdout, stderr });
        });
      }),
    async serve() {
      const owner = fork(ownerScript, [dataDir], { execArgv: ["--conditions=source"] });
      const gone = once(owner, "exit");
      await once(owner, "message");
      return async () => {
        if (owner.connected) owner.send("end");
        await gone;
      };
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
