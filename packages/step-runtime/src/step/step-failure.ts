import type { ScriptConsoleLine } from "../ports/script-runner.ts";

/** Thrown by a step that cannot go on: the run fails with this code and message. */
export class StepFailure extends Error {
  override readonly name = "StepFailure";
  readonly code: string;
  /** Where in the step's own text, from 1 (scripts). */
  readonly line: number | undefined;
  readonly column: number | undefined;
  /** What a script printed before it failed. */
  readonly console: readonly ScriptConsoleLine[];
  constructor(
    code: string,
    message: string,
    options: {
      readonly cause?: unknown;
      readonly line?: number | undefined;
      readonly column?: number | undefined;
      readonly console?: readonly ScriptConsoleLine[];
    } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.line = options.line;
    this.column = options.column;
    this.console = options.console ?? [];
  }
}
