export { describeOneTimeCodeStore } from "./describe-one-time-code-store.ts";
export { dice } from "./dice.ts";
export { findInDump } from "./find-in-dump.ts";
export { rankAuc } from "./rank-auc.ts";
export { confirmRequest, createTestBench, generousPolicy, issueRequest, wrongCode } from "./test-bench.ts";
export type { OneTimeCodeStoreFixture, TestBench } from "./test-bench.ts";
