import { createOneTimeCodePolicy } from "../one-time-code-policy.ts";
import type { IssueCodeRequest, IssuedCode, OneTimeCodes } from "../one-time-codes.ts";
import type { TestBench } from "./test-bench.ts";

/** A bench, and a service on it with the policy that a process has when it asks for none. */
interface LimitedBench {
  readonly bench: TestBench;
  readonly codes: OneTimeCodes;
  /** Each issue is of a run and session of its own, unless told otherwise. */
  readonly issue: (changes?: Partial<IssueCodeRequest>) => Promise<IssuedCode>;
  /** Why nothing was sent, each time that nothing was. */
  readonly suppressions: () => Promise<readonly string[]>;
}

/** Opens a bench whose limits are the default ones. */
export async function openLimitedBench(open: () => Promise<TestBench>): Promise<LimitedBench> {
  const bench = await open();
  const codes = bench.serve({ policy: createOneTimeCodePolicy() });
  let runs = 0;
  return {
    bench,
    codes,
    issue(changes = {}) {
      runs += 1;
      return bench.issueWith(codes, { sessionId: `s-${runs}`, runId: `r-${runs}`, ...changes });
    },
    async suppressions() {
      return (await bench.audit()).flatMap((event) => (event.event === "issue_suppressed" ? [event.reason] : []));
    },
  };
}
