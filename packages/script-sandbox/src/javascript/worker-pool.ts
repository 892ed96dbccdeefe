import type { JavascriptJob, JavascriptOutcome } from "./run-javascript.ts";
import type { ScriptLimits } from "./script-limits.ts";
import { ScriptSandboxError } from "./script-sandbox-error.ts";
import type { FromWorker, ToWorker } from "./worker-messages.ts";

/** A worker thread of any host, as the pool needs it. */
export interface SandboxWorker {
  post(message: ToWorker): void;
  /** Ends the thread at once, whatever it is doing. */
  terminate(): Promise<void>;
  /** Whether the worker keeps the process alive; only a worker with work does. */
  keepAlive(isNeeded: boolean): void;
}

/** What a worker tells the pool. */
export interface SandboxWorkerEvents {
  message(message: FromWorker): void;
  /** The thread is gone or never came up. */
  end(reason: { readonly outOfMemory: boolean; readonly cause?: unknown }): void;
}

/** How a pool is made. */
export interface WorkerPoolOptions {
  readonly poolSize: number;
  readonly queueLimit: number;
  readonly limits: ScriptLimits;
  startWorker(events: SandboxWorkerEvents): SandboxWorker;
  loadModule(): Promise<WebAssembly.Module>;
}

/** Runs jobs on a few workers, one job a worker, and ends a worker that does not stop in time. */
export interface WorkerPool {
  /** @throws the signal's reason once it is aborted; {@link ScriptSandboxError} if no worker can start. */
  run(job: JavascriptJob, signal?: AbortSignal): Promise<JavascriptOutcome>;
  close(): Promise<void>;
}

const runsPerWorker = 1_000;
const startTimeoutMs = 30_000;
// A late timer may fire before an answer that has already arrived; this is how long that answer may take to be read.
const graceMs = 20;

export function createWorkerPool(options: WorkerPoolOptions): WorkerPool {
  const { poolSize, queueLimit, limits } = options;
  const killedAfterMs = limits.timeoutMs + limits.killAfterMs;
  const waiting: Waiter[] = [];
  const idle: Seat[] = [];
  const seats = new Set<Seat>();
  let active = 0;
  let isClosed = false;
  let module: Promise<WebAssembly.Module> | undefined;

  function loadModuleOnce(): Promise<WebAssembly.Module> {
    module ??= options.loadModule().catch((cause: unknown) => {
      module = undefined;
      throw new ScriptSandboxError("WASM_UNAVAILABLE", wasmUnavailable, { cause });
    });
    return module;
  }

  function openSeat(): Seat {
    const seat: Seat = {
      runs: 0,
      listen: undefined,
      worker: options.startWorker({
        message: (message) => seat.listen?.({ type: "message", message }),
        end: ({ outOfMemory, cause }) => {
          seats.delete(seat);
          removeFrom(idle, seat);
          seat.listen?.({ type: "end", outOfMemory, cause });
        },
      }),
    };
    seats.add(seat);
    return seat;
  }

  async function closeSeat(seat: Seat): Promise<void> {
    seats.delete(seat);
    removeFrom(idle, seat);
    await seat.worker.terminate();
  }

  /** Sends one message and waits for what comes of it: an answer, the worker's end, the time limit or an abort. */
  function exchange(seat: Seat, message: ToWorker, limitMs: number, signal?: AbortSignal): Promise<SeatEvent> {
    return new Promise((resolve, reject) => {
      let timer = setTimeout(() => {
        timer = setTimeout(() => settle(() => resolve({ type: "late" })), graceMs);
      }, limitMs);
      const abort = (): void => settle(() => reject(signal?.reason));
      function settle(finish: () => void): void {
        clearTimeout(timer);
        signal?.removeEventListener("abort", abort);
        seat.listen = undefined;
        finish();
      }
      signal?.addEventListener("abort", abort);
      seat.listen = (event) => settle(() => resolve(event));
      seat.worker.post(message);
    });
  }

  /** Whether the worker came up; it does not when the pool is closed meanwhile. */
  async function start(seat: Seat, compiled: WebAssembly.Module, signal?: AbortSignal): Promise<boolean> {
    const event = await exchange(seat, { type: "start", module: compiled, limits }, startTimeoutMs, signal);
    if (event.type === "message") return true;
    if (isClosed) return false;
    const cause = event.type === "end" ? event.cause : undefined;
    throw new ScriptSandboxError("WORKER_UNAVAILABLE", "The sandbox could not start a worker for scripts.", { cause });
  }

  async function runOnSeat(job: JavascriptJob, signal?: AbortSignal): Promise<JavascriptOutcome> {
    // Loaded before the worker exists, so that a missing file leaves no worker behind.
    const compiled = await loadModuleOnce();
    signal?.throwIfAborted();
    if (isClosed) return closed;
    const ready = idle.pop();
    const seat = ready ?? openSeat();
    let isHealthy = false;
    try {
      seat.worker.keepAlive(true);
      if (ready === undefined && !(await start(seat, compiled, signal))) return closed;
      signal?.throwIfAborted();
      seat.runs += 1;
      const event = await exchange(seat, { type: "run", job }, killedAfterMs, signal);
      if (event.type === "late")
        return failed("TIMEOUT", `The script did not stop and was ended after ${killedAfterMs} ms.`);
      if (event.type === "end") {
        if (isClosed) return closed;
        return event.outOfMemory
          ? failed("MEMORY", "The script used more memory than its worker has.")
          : failed("CRASH", "The script's worker ended before the script did.");
      }
      if (event.message.type !== "done") return failed("CRASH", "The script's worker gave an answer out of turn.");
      isHealthy = !event.message.isBroken && seat.runs < runsPerWorker;
      return event.message.outcome;
    } finally {
      if (isHealthy && !isClosed) {
        seat.worker.keepAlive(false);
        idle.push(seat);
      } else {
        // Awaited, so that never more threads exist than `poolSize` allows.
        await closeSeat(seat);
      }
    }
  }

  function waitForTurn(signal?: AbortSignal): Promise<"turn" | "closed"> {
    return new Promise((resolve, reject) => {
      const abort = (): void => {
        removeFrom(waiting, waiter);
        reject(signal?.reason);
      };
      const waiter: Waiter = (answer) => {
        signal?.removeEventListener("abort", abort);
        resolve(answer);
      };
      signal?.addEventListener("abort", abort);
      waiting.push(waiter);
    });
  }

  return {
    async run(job, signal) {
      signal?.throwIfAborted();
      if (isClosed) return closed;
      if (active < poolSize) active += 1;
      else if (waiting.length >= queueLimit) return failed("BUSY", "Too many scripts are waiting. Try again later.");
      else if ((await waitForTurn(signal)) === "closed") return closed;
      try {
        return await runOnSeat(job, signal);
      } finally {
        // The place goes straight to the next in line, so that nobody overtakes.
        const next = waiting.shift();
        if (next) next("turn");
        else active -= 1;
      }
    },
    async close() {
      isClosed = true;
      for (const waiter of waiting.splice(0)) waiter("closed");
      const open = [...seats];
      for (const seat of open) seat.listen?.({ type: "end", outOfMemory: false, cause: undefined });
      await Promise.all(open.map(closeSeat));
    },
  };
}

type Waiter = (answer: "turn" | "closed") => void;

interface Seat {
  runs: number;
  listen: ((event: SeatEvent) => void) | undefined;
  readonly worker: SandboxWorker;
}

type SeatEvent =
  | { readonly type: "message"; readonly message: FromWorker }
  | { readonly type: "end"; readonly outOfMemory: boolean; readonly cause: unknown }
  | { readonly type: "late" };

function failed(code: "BUSY" | "CRASH" | "MEMORY" | "TIMEOUT", message: string): JavascriptOutcome {
  return { ok: false, error: { code, message }, console: [] };
}

const wasmUnavailable =
  'The sandbox could not load its WebAssembly file. Is it served? See "Bundlers" in the README of @onceflow/script-sandbox.';

const closed = failed("BUSY", "The script runner is closed.");

function removeFrom<T>(list: T[], entry: T): void {
  const index = list.indexOf(entry);
  if (index >= 0) list.splice(index, 1);
}
