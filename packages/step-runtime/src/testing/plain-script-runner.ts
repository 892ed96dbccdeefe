import type { JsonObject } from "../component/json.ts";
import type { ScriptRunner } from "../ports/script-runner.ts";

/** Runs a function over the item instead of a script, for tests of steps and engines only; there is no sandbox. */
export function createPlainScriptRunner(change: (item: Record<string, unknown>, code: string) => void): ScriptRunner {
  return {
    languages: ["javascript"],
    async run({ item, code }) {
      const copy = structuredClone(item) as Record<string, unknown>;
      try {
        change(copy, code);
        return { ok: true, item: copy as JsonObject, console: [] };
      } catch (error) {
        return { ok: false, error: { code: "SCRIPT_ERROR", message: String(error), line: 1, column: 1 }, console: [] };
      }
    },
  };
}
