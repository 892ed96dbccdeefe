import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { createJavascriptRunner } from "../javascript/create-javascript-runner.ts";
import type { ClosableScriptRunner } from "../javascript/create-javascript-runner.ts";
import { defaultScriptLimits } from "../javascript/script-limits.ts";
import type { ScriptLimits } from "../javascript/script-limits.ts";
import type { FromWorker } from "../javascript/worker-messages.ts";
import { createWorkerPool } from "../javascript/worker-pool.ts";
import type { SandboxWorker, SandboxWorkerEvents } from "../javascript/worker-pool.ts";

/** How many scripts may run and wait, and what each may use. */
export interface NodeScriptRunnerOptions {
  /** Scripts that run at the same time, each on its own worker thread. @default the processors less one, from 1 to 4 */
  readonly poolSize?: number;
  /** Scripts that may wait for a worker; one more ends with `BUSY`. @default 100 */
  readonly queueLimit?: number;
  readonly limits?: Partial<ScriptLimits>;
}

/**
 * Runs JavaScript in QuickJS inside WebAssembly, on worker threads that start with the first script and never keep the
 * process alive while they are idle. An aborted run rejects with its signal's reason.
 *
 * @throws {@link ScriptSandboxError} from `run`, if the WebAssembly file or a worker cannot be had.
 */
export function createNodeScriptRunner(options: NodeScriptRunnerOptions = {}): ClosableScriptRunner {
  const limits: ScriptLimits = { ...defaultScriptLimits, ...options.limits };
  const pool = createWorkerPool({
    poolSize: options.poolSize ?? Math.max(1, Math.min(4, availableParallelism() - 1)),
    queueLimit: options.queueLimit ?? 100,
    limits,
    startWorker,
    loadModule,
  });
  return createJavascriptRunner(pool, limits);
}

async function loadModule(): Promise<WebAssembly.Module> {
  const path = createRequire(import.meta.url).resolve("@jitl/quickjs-wasmfile-release-sync/wasm");
  return WebAssembly.compile(await readFile(path));
}

function startWorker(events: SandboxWorkerEvents): SandboxWorker {
  // The compiler rewrites import specifiers, not URLs: beside a source lies a source, beside a build a build.
  const entry = import.meta.url.endsWith(".ts")
    ? new URL("./javascript-worker.ts", import.meta.url)
    : new URL("./javascript-worker.js", import.meta.url);
  const worker = new Worker(entry, {
    name: "onceflow-script",
    env: {},
    // The process's own flags (`-e`, `--import`, inspectors) are none of a script's business.
    execArgv: [],
    argv: [],
    stdin: false,
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 32, codeRangeSizeMb: 16, stackSizeMb: 4 },
  });
  worker.on("message", (message: FromWorker) => events.message(message));
  worker.on("error", (cause) => events.end({ outOfMemory: isOutOfMemory(cause), cause }));
  worker.on("exit", () => events.end({ outOfMemory: false }));
  return {
    post: (message) => worker.postMessage(message),
    terminate: async () => void (await worker.terminate()),
    keepAlive: (isNeeded) => (isNeeded ? worker.ref() : worker.unref()),
  };
}

function isOutOfMemory(cause: unknown): boolean {
  return cause instanceof Error && "code" in cause && cause.code === "ERR_WORKER_OUT_OF_MEMORY";
}
