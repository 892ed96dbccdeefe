import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const cli = fileURLToPath(new URL("bin/onceflow.js", import.meta.resolve("@onceflow/cli/package.json")));
const demo = fileURLToPath(new URL("server/main.ts", import.meta.resolve("@onceflow/demo-app/package.json")));

/** A mail that the demo caught. */
interface Mail {
  readonly to: string;
  readonly text: string;
}

/** A demo of its own, as `npm start` runs it. */
export interface Onceflow {
  readonly url: string;
  /** `onceflow …` beside it; what it printed. */
  readonly command: (...args: readonly string[]) => Promise<string>;
  /** The code in the newest mail to an address, once there are so many. */
  readonly mailedCode: (address: string, count: number) => Promise<string>;
  readonly mails: () => Promise<readonly Mail[]>;
  readonly stop: () => Promise<void>;
}

/** Starts one with its embedded PostgreSQL. */
export async function startOnceflow(): Promise<Onceflow> {
  const folder = await mkdtemp(join(tmpdir(), "onceflow-example-"));
  // The database's own user goes through here.
  await chmod(folder, 0o755);
  const env = { PATH: process.env["PATH"], PORT: "0", DATA_DIR: join(folder, "data") };
  const child = spawn(process.execPath, ["--conditions=source", demo], { env, stdio: ["ignore", "pipe", "inherit"] });
  const exit = once(child, "exit");
  const url = await new Promise<string>((resolve, reject) => {
    let output = "";
    child.stdout.on("data", (chunk) => {
      output += String(chunk);
      const [found] = /http:\/\/127\.0\.0\.1:\d+/.exec(output) ?? [];
      if (found !== undefined) resolve(found);
    });
    void exit.then(() => reject(new Error(`The demo has ended: ${output}`)));
  });
  const mails: Onceflow["mails"] = async () => (await (await fetch(`${url}/inbox.json`)).json()) as Mail[];
  return {
    url,
    mails,
    async command(...args) {
      return (await promisify(execFile)(process.execPath, [cli, ...args], { env })).stdout.trim();
    },
    async mailedCode(address, count) {
      for (;;) {
        const found = (await mails()).filter(({ to }) => to === address);
        if (found.length >= count) return /\b\d{8}\b/.exec(found[0]?.text ?? "")?.[0] ?? "";
      }
    },
    async stop() {
      child.kill("SIGTERM");
      await exit;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
