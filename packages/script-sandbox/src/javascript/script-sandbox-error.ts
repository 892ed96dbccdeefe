/** What is wrong with the place where the sandbox runs. */
export type ScriptSandboxErrorCode = "WASM_UNAVAILABLE" | "WORKER_UNAVAILABLE";

/** The sandbox cannot start here; no script was run. Recognise it by `code`. */
export class ScriptSandboxError extends Error {
  override readonly name = "ScriptSandboxError";
  readonly code: ScriptSandboxErrorCode;

  constructor(code: ScriptSandboxErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
