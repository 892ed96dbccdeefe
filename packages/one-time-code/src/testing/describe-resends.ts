import { describe, expect, it } from "vitest";
import { createOneTimeCodePolicy } from "../one-time-code-policy.ts";
import type { OneTimeCodes } from "../one-time-codes.ts";
import { openLimitedBench } from "./open-limited-bench.ts";
import { type TestBench, wrongCode } from "./test-bench.ts";

const minute = 60_000;
const place = { sessionId: "s" };

/** Issues at 0 s, 280 s and 500 s: the last code ends with its chain at 600 s, after a wrong try at it. */
async function issueThrice(bench: TestBench, codes: OneTimeCodes) {
  await bench.issueWith(codes, place);
  await bench.advance(280_000);
  await bench.issueWith(codes, place);
  await bench.advance(220_000);
  const last = await bench.issueWith(codes, place);
  await bench.confirmWith(codes, wrongCode(await bench.codeOf(last)), place);
  return last;
}

/** What holds of codes that follow one another, and of what is said about the next one. */
export function describeResends(open: () => Promise<TestBench>): void {
  describe("resends", () => {
    it("are made while a code has 35 seconds to live in its chain", async () => {
      const { bench, codes } = await openLimitedBench(open);
      await issueThrice(bench, codes);
      await bench.advance(65_000);
      expect((await bench.issueWith(codes, place)).deliver).toBe(true);
    });

    it("are not made where a code would live shorter; the live one stays as it is, and the next may come at its end", async () => {
      const { bench, codes, suppressions } = await openLimitedBench(open);
      const last = await issueThrice(bench, codes);
      const code = await bench.codeOf(last);
      await bench.advance(65_001);
      const again = await bench.issueWith(codes, place);
      expect(again).toEqual({ ...last, deliver: false, resendAvailableAt: last.expiresAt });
      expect(await suppressions()).toEqual(["resends"]);
      expect(await bench.attemptsOf(last)).toBe(1);
      expect((await bench.confirmWith(codes, code, place)).outcome).toBe("confirmed");
    });

    it("give way to a first code in test mode where they would live too short; its attempts stay spent", async () => {
      const bench = await open();
      const codes = bench.serve({ policy: createOneTimeCodePolicy(), testMode: true });
      const last = await issueThrice(bench, codes);
      await bench.advance(65_001);
      const again = await bench.issueWith(codes, place);
      expect(again.revealedCode).toMatch(/^\d{6}$/);
      expect(Date.parse(again.expiresAt)).toBe(Date.parse(last.expiresAt) - 34_999 + 5 * minute);
      expect(await bench.attemptsOf(again)).toBe(1);
      expect((await bench.audit()).flatMap(({ event }) => (/issued|resent/.test(event) ? [event] : []))).toEqual([
        "issued",
        "resent",
        "resent",
        "issued",
      ]);
    });

    const once = { seconds: 3600, max: 1 };
    it.each([
      ["network", { networkIssues: once }, false],
      ["client", { clientIssues: once }, false],
      ["client, in test mode", { clientIssues: once }, true],
      ["destination", { destinationIssues: [once] }, false],
    ])("may be asked for a cooldown from now, as for nobody, where the budget of the %s is spent", async (...row) => {
      const [, limits, testMode] = row;
      const bench = await open();
      const codes = bench.serve({ policy: createOneTimeCodePolicy(limits), testMode });
      const issue = (changes: object) => bench.issueWith(codes, { ...place, ipClass: "192.0.2.1/32", ...changes });
      await issue({});
      await bench.advance(minute);
      const again = await issue({});
      const nobody = await issue({ user: null, typedName: "ghost", sessionId: "other" });
      expect(again.deliver).toBe(false);
      expect(again.resendAvailableAt).toBe(nobody.resendAvailableAt);
      expect(Date.parse(again.resendAvailableAt)).toBe(Date.parse(again.expiresAt) - 4 * minute + 30_000);
    });
  });
}
