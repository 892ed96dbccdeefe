export { describeComponentStore } from "./describe-component-store.ts";
export { describeEngine } from "./describe-engine.ts";
export type { CreateEngine } from "./describe-engine.ts";
export { describeOneTimeCodes } from "./describe-one-time-codes.ts";
export type { OneTimeCodesFixture } from "./describe-one-time-codes.ts";
export { forTestCode } from "./for-test-code.ts";
export { createMemoryOneTimeCodes } from "./memory-one-time-codes.ts";
export { createPlainScriptRunner } from "./plain-script-runner.ts";
