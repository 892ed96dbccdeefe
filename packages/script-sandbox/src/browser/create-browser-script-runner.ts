import { createJavascriptRunner } from "../javascript/create-javascript-runner.ts";
import type { ClosableScriptRunner } from "../javascript/create-javascript-runner.ts";
import { defaultScriptLimits } from "../javascript/script-limits.ts";
import type { ScriptLimits } from "../javascript/script-limits.ts";
import { createWorkerPool } from "../javascript/worker-pool.ts";
import type { SandboxWorker, SandboxWorkerEvents } from "../javascript/worker-pool.ts";
import type { FromWorker } from "../javascript/worker-messages.ts";

/** What a script may use in the browser, and where its worker comes from. */
export interface BrowserScriptRunnerOptions {
  readonly limits?: Partial<ScriptLimits>;
  /** Makes the worker where the bundler cannot find it by itself. @default the `./javascript-worker.js` beside this file */
  readonly createWorker?: () => Worker;
}

// A page has one person in front of it: one script runs, and a preview's worth of them may wait.
const poolSize = 1;
const queueLimit = 100;

/**
 * Runs JavaScript in QuickJS inside WebAssembly, on a Web Worker that starts with the first script. An aborted run
 * rejects with its signal's reason. The page's policy must allow `script-src 'wasm-unsafe-eval'` and its own workers.
 *
 * @throws {@link ScriptSandboxError} from `run`, if the WebAssembly file or a worker cannot be had.
 */
export function createBrowserScriptRunner(options: BrowserScriptRunnerOptions = {}): ClosableScriptRunner {
  const limits: ScriptLimits = { ...defaultScriptLimits, ...options.limits };
  const createWorker = options.createWorker ?? createOwnWorker;
  const pool = createWorkerPool({
    poolSize,
    queueLimit,
    limits,
    startWorker: (events) => startWorker(createWorker(), events),
    loadModule,
  });
  return createJavascriptRunner(pool, limits);
}

async function loadModule(): Promise<WebAssembly.Module> {
  // Bundlers find both files below by this very form of `new URL`.
  const response = await fetch(new URL("@jitl/quickjs-wasmfile-release-sync/wasm", import.meta.url));
  if (!response.ok) throw new Error(`${response.url} answered ${response.status}.`);
  // Not compileStreaming: it needs the server to send the right media type.
  return WebAssembly.compile(await response.arrayBuffer());
}

function createOwnWorker(): Worker {
  return new Worker(new URL("./javascript-worker.js", import.meta.url), { type: "module" });
}

function startWorker(worker: Worker, events: SandboxWorkerEvents): SandboxWorker {
  worker.addEventListener("message", ({ data }: MessageEvent<FromWorker>) => events.message(data));
  worker.addEventListener("error", (event) => {
    event.preventDefault();
    events.end({ outOfMemory: false, cause: event.message });
  });
  return {
    post: (message) => worker.postMessage(message),
    terminate: async () => worker.terminate(),
    // A page lives as long as its tab.
    keepAlive: () => {},
  };
}
