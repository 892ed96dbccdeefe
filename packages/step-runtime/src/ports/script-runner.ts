import type { JsonObject } from "../component/json.ts";

/** The languages a script can be written in. */
export type ScriptLanguage = "javascript" | "python";

/** Runs a person's script over `item` in a sandbox. It returns what went wrong; it throws only for its own bugs. */
export interface ScriptRunner {
  readonly languages: readonly ScriptLanguage[];
  run(script: ScriptRequest): Promise<ScriptResult>;
}

/** A script and the JSON object that it reads and changes as `item`. */
export interface ScriptRequest {
  readonly language: ScriptLanguage;
  readonly code: string;
  readonly item: JsonObject;
  /** A fixed clock (ms since 1970) and a seed for random numbers: previews and tests get the same result twice. */
  readonly deterministic?: { readonly nowMs: number; readonly seed: number };
  readonly signal?: AbortSignal;
}

/** The changed `item`, or the error with the script's own line. */
export type ScriptResult =
  | { readonly ok: true; readonly item: JsonObject; readonly console: readonly ScriptConsoleLine[] }
  | { readonly ok: false; readonly error: ScriptError; readonly console: readonly ScriptConsoleLine[] };

/** One line that a script printed. */
export interface ScriptConsoleLine {
  readonly level: "log" | "info" | "warn" | "error" | "debug";
  readonly text: string;
}

/** Why a script failed; `line` and `column` count from 1 in the script's own text. */
export interface ScriptError {
  readonly code: ScriptErrorCode;
  readonly message: string;
  readonly line?: number;
  readonly column?: number;
}

/** Stable names of what can go wrong in a sandbox. */
export type ScriptErrorCode =
  | "SCRIPT_ERROR"
  | "SYNTAX"
  | "TIMEOUT"
  | "MEMORY"
  | "OUTPUT_TOO_LARGE"
  | "FORBIDDEN"
  | "CRASH"
  | "BUSY";
