export { describeOneTimeCodeStore } from "./describe-one-time-code-store.ts";
export { findInDump } from "./find-in-dump.ts";
export { confirmRequest, createTestBench, generousPolicy, issueRequest, wrongCode } from "./test-bench.ts";
export type { OneTimeCodeStoreFixture, TestBench } from "./test-bench.ts";
