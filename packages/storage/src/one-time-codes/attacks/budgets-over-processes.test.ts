import {
  type ConfirmCodeRequest,
  createOneTimeCodePolicy,
  type IssueCodeRequest,
  type OneTimeCodePolicy,
} from "@onceflow/one-time-code";
import { confirmRequest, generousPolicy, issueRequest, wrongCode } from "@onceflow/one-time-code/testing";
import { describe, expect, it } from "vitest";
import { callInProcesses } from "../testing/call-in-processes.ts";
import { openBench, type PostgresBench } from "../testing/open-bench.ts";

const hundred = Array.from({ length: 100 }, (_, index) => index);
const ipClass = "192.0.2.1/32";

/** Each call is of a run and session of its own. */
const place = (index: number) => ({ sessionId: `s-${index}`, runId: `r-${index}` });
const user = (index: number, email = `u-${index}@example.test`) => ({
  user: { id: `u-${index}`, email, enabled: true, test: false },
  typedName: `u-${index}`,
});

/** Makes calls over four processes, 25 each. */
async function callAll(
  { database, keyRingText }: PostgresBench,
  calls: {
    readonly policy?: OneTimeCodePolicy;
    readonly issues?: readonly IssueCodeRequest[];
    readonly confirms?: readonly ConfirmCodeRequest[];
  },
) {
  const { policy = createOneTimeCodePolicy(), issues = [], confirms = [] } = calls;
  const reports = await callInProcesses(
    [0, 25, 50, 75].map((from) => ({
      url: database.url,
      keyRingText,
      policy,
      issues: issues.slice(from, from + 25),
      confirms: confirms.slice(from, from + 25),
    })),
  );
  const outcomes = reports.flatMap(({ confirmed }) => confirmed.map(({ outcome }) => outcome));
  return {
    sent: reports.flatMap(({ issued }) => issued).filter(({ deliver }) => deliver).length,
    rejected: outcomes.filter((outcome) => outcome === "rejected").length,
    refused: outcomes.filter((outcome) => outcome === "refused").length,
  };
}

describe("a budget, at a hundred calls over four processes at once", () => {
  it.each([
    ["until the first wait", createOneTimeCodePolicy(), 5],
    ["a day, if nobody ever waits", createOneTimeCodePolicy({ failureWaits: [] }), 20],
  ])("evaluates so many wrong codes of a user, over as many runs, sessions and challenges: %s", async (...row) => {
    const [, policy, evaluated] = row;
    const bench = await openBench();
    const issuing = bench.serve({ policy: { ...generousPolicy, maxActivePerUser: 1000 } });
    const confirms = [];
    for (const index of hundred) {
      const code = await bench.codeOf(await bench.issueWith(issuing, place(index)));
      confirms.push(confirmRequest(wrongCode(code), place(index)));
    }
    expect(await callAll(bench, { policy, confirms })).toEqual({ sent: 0, rejected: 100, refused: 0 });
    const failures = (await bench.audit()).flatMap((event) => (event.event === "confirm_failed" ? [event.reason] : []));
    expect(failures).toHaveLength(100);
    expect(failures.filter((reason) => reason === "wrong_code")).toHaveLength(evaluated);
  });

  it("sends a user 5 codes in 10 minutes", async () => {
    const bench = await openBench();
    const policy = createOneTimeCodePolicy({ resendCooldownSeconds: 0 });
    const issues = hundred.map((index) => issueRequest(place(index)));
    expect(await callAll(bench, { policy, issues })).toMatchObject({ sent: 5 });
  });

  it("sends one address 10 codes in an hour, over all users", async () => {
    const bench = await openBench();
    const issues = hundred.map((index) => issueRequest({ ...place(index), ...user(index, "shared@example.test") }));
    expect(await callAll(bench, { issues })).toMatchObject({ sent: 10 });
  });

  it("lets a network issue 30 times and confirm 60 times in 10 minutes", async () => {
    const bench = await openBench();
    const issues = hundred.map((index) => issueRequest({ ...place(index), ...user(index), ipClass }));
    const confirms = hundred.map((index) => confirmRequest("000000", { sessionId: `none-${index}`, ipClass }));
    expect(await callAll(bench, { issues, confirms })).toEqual({ sent: 30, rejected: 40, refused: 60 });
  });

  it("lets a client issue and confirm as often in a minute as its limit says", async () => {
    const bench = await openBench();
    const limit = { seconds: 60, max: 37 };
    const policy = createOneTimeCodePolicy({ clientIssues: limit, clientConfirms: limit });
    const issues = hundred.map((index) => issueRequest({ ...place(index), ...user(index) }));
    const confirms = hundred.map((index) => confirmRequest("000000", { sessionId: `none-${index}` }));
    expect(await callAll(bench, { policy, issues, confirms })).toEqual({ sent: 37, rejected: 63, refused: 37 });
  });
});
