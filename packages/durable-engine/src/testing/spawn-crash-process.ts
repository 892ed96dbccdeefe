import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import type { CrashOrder } from "./crash-process.ts";

const script = fileURLToPath(new URL("crash-process.ts", import.meta.url));

/** A process of its own that drives runs; it goes with the test. */
export function spawnCrashProcess(order: CrashOrder): {
  readonly process: ChildProcess;
  /** How it ended: by itself or by a signal. */
  readonly ended: Promise<{ readonly code: number | null; readonly signal: string | null }>;
  /** What it wrote to its standard output until then. */
  readonly printed: Promise<string>;
} {
  const child = fork(script, [JSON.stringify(order)], {
    execArgv: ["--conditions=source"],
    stdio: ["ignore", "pipe", "inherit", "ipc"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const ended = once(child, "exit").then(([code, signal]: unknown[]) => ({
    code: code as number | null,
    signal: signal as string | null,
  }));
  const printed = child.stdout ? text(child.stdout) : Promise.resolve("");
  return { process: child, ended, printed };
}
