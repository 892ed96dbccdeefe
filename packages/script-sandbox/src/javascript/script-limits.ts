/** What one run of a script may use. Times are milliseconds, sizes are bytes. */
export interface ScriptLimits {
  /** Time after which the interpreter is interrupted. @default 1000 */
  readonly timeoutMs: number;
  /** Time after `timeoutMs` at which the whole worker is ended, because native code does not hear interrupts. @default 500 */
  readonly killAfterMs: number;
  /** Cap of the interpreter's linear memory, at least 16 MiB. @default 64 MiB */
  readonly memoryBytes: number;
  /** Cap of the item as JSON text (UTF-8), on the way in and on the way out. @default 10 MB */
  readonly jsonBytes: number;
  /** How many objects and arrays may be nested in the item, itself included. @default 100 */
  readonly depth: number;
  /** Cap of all console text together (UTF-8). @default 64 KiB */
  readonly consoleBytes: number;
  /** Cap of console lines. @default 1000 */
  readonly consoleLines: number;
  /** Cap of the script's own text (UTF-8). @default 256 KiB */
  readonly sourceBytes: number;
}

/** The limits that hold where a host sets none. */
export const defaultScriptLimits: ScriptLimits = {
  timeoutMs: 1_000,
  killAfterMs: 500,
  memoryBytes: 64 * 1024 * 1024,
  jsonBytes: 10_000_000,
  depth: 100,
  consoleBytes: 64 * 1024,
  consoleLines: 1_000,
  sourceBytes: 256 * 1024,
};
