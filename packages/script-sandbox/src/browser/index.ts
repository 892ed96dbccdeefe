export { createBrowserScriptRunner } from "./create-browser-script-runner.ts";
export type { BrowserScriptRunnerOptions } from "./create-browser-script-runner.ts";
export type { ClosableScriptRunner } from "../javascript/create-javascript-runner.ts";
export { defaultScriptLimits } from "../javascript/script-limits.ts";
export type { ScriptLimits } from "../javascript/script-limits.ts";
export { ScriptSandboxError } from "../javascript/script-sandbox-error.ts";
export type { ScriptSandboxErrorCode } from "../javascript/script-sandbox-error.ts";
