export { describeOneTimeCodeStore } from "./describe-one-time-code-store.ts";
export type { OneTimeCodeStoreFixture } from "./test-bench.ts";
