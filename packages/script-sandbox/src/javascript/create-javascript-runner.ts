import type { ScriptRequest, ScriptResult, ScriptRunner } from "@onceflow/step-runtime";
import { exceedsDepth } from "./exceeds-depth.ts";
import type { ScriptLimits } from "./script-limits.ts";
import { exceedsUtf8Size } from "./utf8-size.ts";
import type { WorkerPool } from "./worker-pool.ts";

/** A `ScriptRunner` that holds worker threads until it is closed. */
export interface ClosableScriptRunner extends ScriptRunner {
  /** Ends all workers. Scripts that run or wait, and later ones, end with `BUSY`. */
  close(): Promise<void>;
}

/** The port's side of the sandbox: checks a request, turns its item into text and the answer's text into an item. */
export function createJavascriptRunner(pool: WorkerPool, limits: ScriptLimits): ClosableScriptRunner {
  return {
    languages: ["javascript"],
    async run(script) {
      const refusal = findRefusal(script, limits);
      if (refusal !== undefined) return forbidden(refusal);
      const itemJson = JSON.stringify(script.item);
      if (exceedsUtf8Size(itemJson, limits.jsonBytes)) {
        return forbidden(
          `The item is larger than ${limits.jsonBytes} bytes of JSON, which is the most that a script is given.`,
        );
      }
      const { code, deterministic, signal } = script;
      const outcome = await pool.run({ code, itemJson, deterministic }, signal);
      if (!outcome.ok) return outcome;
      return { ok: true, item: JSON.parse(outcome.itemJson), console: outcome.console };
    },
    close: () => pool.close(),
  };
}

function findRefusal({ language, code, item }: ScriptRequest, limits: ScriptLimits): string | undefined {
  if (language !== "javascript") return `This sandbox runs JavaScript only; it cannot run "${language}".`;
  if (exceedsUtf8Size(code, limits.sourceBytes)) return `The script is longer than ${limits.sourceBytes} bytes.`;
  if (exceedsDepth(item, limits.depth)) return `The item is nested more than ${limits.depth} levels deep.`;
  return undefined;
}

function forbidden(message: string): ScriptResult {
  return { ok: false, error: { code: "FORBIDDEN", message }, console: [] };
}
