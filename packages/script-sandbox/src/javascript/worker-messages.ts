import type { JavascriptJob, JavascriptOutcome } from "./run-javascript.ts";
import type { ScriptLimits } from "./script-limits.ts";

/** What a worker is told: first the compiled interpreter, then one job at a time. */
export type ToWorker =
  | { readonly type: "start"; readonly module: WebAssembly.Module; readonly limits: ScriptLimits }
  | { readonly type: "run"; readonly job: JavascriptJob };

/** What a worker answers. After `isBroken` it must not be used again. */
export type FromWorker =
  | { readonly type: "ready" }
  | { readonly type: "done"; readonly outcome: JavascriptOutcome; readonly isBroken: boolean };
