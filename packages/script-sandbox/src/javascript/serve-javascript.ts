import { runJavascript } from "./run-javascript.ts";
import type { ScriptLimits } from "./script-limits.ts";
import type { FromWorker, ToWorker } from "./worker-messages.ts";

/** The inside of a worker, in Node and in the browser: answers each message of the pool through `reply`. */
export function serveJavascript(reply: (message: FromWorker) => void): (message: ToWorker) => Promise<void> {
  let started: { readonly module: WebAssembly.Module; readonly limits: ScriptLimits } | undefined;

  return async (message) => {
    if (message.type === "start") {
      started = { module: message.module, limits: message.limits };
      reply({ type: "ready" });
      return;
    }
    if (started === undefined) throw new Error('The worker was given a script before "start".');
    try {
      const outcome = await runJavascript(started.module, message.job, started.limits);
      reply({ type: "done", outcome, isBroken: !outcome.ok && outcome.error.code === "CRASH" });
    } catch {
      // The host's text may quote the script's data, so it stays here.
      const error = { code: "CRASH", message: "The sandbox failed while it ran the script." } as const;
      reply({ type: "done", outcome: { ok: false, error, console: [] }, isBroken: true });
    }
  };
}
