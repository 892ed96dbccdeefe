import { describe } from "vitest";
import { describeAudit } from "./describe-audit.ts";
import { describeBinding } from "./describe-binding.ts";
import { describeBudgets } from "./describe-budgets.ts";
import { describeConfirming } from "./describe-confirming.ts";
import { describeDecoys } from "./describe-decoys.ts";
import { describeEndings } from "./describe-endings.ts";
import { describeFailures } from "./describe-failures.ts";
import { describeIssuing } from "./describe-issuing.ts";
import { describeParallelConfirms } from "./describe-parallel-confirms.ts";
import { describeResends } from "./describe-resends.ts";
import { createTestBench, type OneTimeCodeStoreFixture } from "./test-bench.ts";

/**
 * The contract of a `OneTimeCodeStore`, for vitest. `create` gives a new, empty store for each test:
 * `describeOneTimeCodeStore("postgres", async () => ({ store: createPostgresStore(pool), advance, audit, dump }))`.
 */
export function describeOneTimeCodeStore(
  name: string,
  create: () => OneTimeCodeStoreFixture | Promise<OneTimeCodeStoreFixture>,
): void {
  const open = async () => createTestBench(await create());
  describe(`one-time code store: ${name}`, () => {
    describeIssuing(open);
    describeConfirming(open);
    describeBinding(open);
    describeDecoys(open);
    describeParallelConfirms(open);
    describeBudgets(open);
    describeResends(open);
    describeFailures(open);
    describeEndings(open);
    describeAudit(open);
  });
}
