/** Thrown by a step that cannot go on: the run fails with this code and message. */
export class StepFailure extends Error {
  override readonly name = "StepFailure";
  readonly code: string;
  /** Where in the step's own text, from 1 (scripts). */
  readonly line: number | undefined;
  readonly column: number | undefined;
  constructor(code: string, message: string, options: { cause?: unknown; line?: number | undefined; column?: number | undefined } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.line = options.line;
    this.column = options.column;
  }
}
