import { confirmRequest, issueRequest, wrongCode } from "@onceflow/one-time-code/testing";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { openBench, type PostgresBench } from "../testing/open-bench.ts";

/** Holds a challenge as a transaction that hangs would. */
async function hold({ database }: PostgresBench, challengeId: string) {
  const holder = await database.pool.connect();
  onTestFinished(() => holder.release());
  await holder.query("BEGIN");
  await holder.query("SELECT 1 FROM otp.challenges WHERE challenge_id = $1 FOR UPDATE", [challengeId]);
  return { letGo: () => holder.query("COMMIT") };
}

/** Tells how often a function of the database was called so far. */
function watchCalls({ database }: PostgresBench, name: string): () => number {
  const query = vi.spyOn(database.pool, "query");
  onTestFinished(() => query.mockRestore());
  return () => query.mock.calls.filter(([statement]) => (statement as { name?: string }).name === name).length;
}

async function attemptRows({ database }: PostgresBench): Promise<number> {
  return (await database.pool.query("SELECT FROM otp.attempts")).rowCount ?? 0;
}

describe("a lock that is held longer than lock_timeout", () => {
  it.each([
    ["right", 0, "confirmed"],
    ["wrong", 1, "rejected"],
  ] as const)("has a %s code submitted once more, and counted once", async (_kind, offset, outcome) => {
    const bench = await openBench();
    const issued = await bench.issue();
    const code = await bench.codeOf(issued);
    const { letGo } = await hold(bench, issued.challengeId);
    const calls = watchCalls(bench, "otp.confirm");
    const attempt = confirmRequest(wrongCode(code, offset));
    const answer = bench.codes.confirm(attempt);
    await vi.waitFor(() => expect(calls()).toBe(2), { timeout: 10_000 });
    expect(await attemptRows(bench)).toBe(0);
    await letGo();
    expect((await answer).outcome).toBe(outcome);
    expect(calls()).toBe(2);
    expect(await bench.attemptsOf(issued)).toBe(1);
    expect(await attemptRows(bench)).toBe(1);
    expect((await bench.audit()).filter(({ event }) => event.startsWith("confirm"))).toHaveLength(1);
    expect(await bench.codes.confirm(attempt)).toEqual(await answer);
    expect(await bench.attemptsOf(issued)).toBe(1);
  });

  it("fails the call after one repetition as a store that is away, and decides nothing", async () => {
    const bench = await openBench();
    const issued = await bench.issue();
    const attempt = confirmRequest(await bench.codeOf(issued));
    const { letGo } = await hold(bench, issued.challengeId);
    const calls = watchCalls(bench, "otp.confirm");
    await expect(bench.codes.confirm(attempt)).rejects.toMatchObject({ code: "store-unavailable" });
    expect(calls()).toBe(2);
    expect(await attemptRows(bench)).toBe(0);
    expect(await bench.attemptsOf(issued)).toBe(0);
    await letGo();
    expect((await bench.codes.confirm(attempt)).outcome).toBe("confirmed");
  });

  it("makes one challenge of an issue that had to be repeated", async () => {
    const bench = await openBench();
    const first = await bench.issue();
    const { letGo } = await hold(bench, first.challengeId);
    const calls = watchCalls(bench, "otp.issue");
    const request = issueRequest();
    const issued = bench.codes.issue(request);
    await vi.waitFor(() => expect(calls()).toBe(2), { timeout: 10_000 });
    await letGo();
    expect(await bench.codes.issue(request)).toEqual(await issued);
    expect((await bench.audit()).filter(({ event }) => event === "resent")).toHaveLength(1);
  });
});
