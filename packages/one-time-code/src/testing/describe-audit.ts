import { describe, expect, it } from "vitest";
import { findInDump } from "./find-in-dump.ts";
import { issueRequest, type TestBench, wrongCode } from "./test-bench.ts";

/** What holds for the audit events, and for everything that is kept. */
export function describeAudit(open: () => Promise<TestBench>): void {
  describe("audit", () => {
    it("tells the life of a challenge in order, with the reasons that the answers keep back", async () => {
      const bench = await open();
      const first = await bench.issue();
      await bench.confirm("12345");
      await bench.confirm(wrongCode(await bench.codeOf(first)));
      const second = await bench.issue();
      const code = await bench.codeOf(second);
      await bench.confirm(code, { userId: "u-mallory" });
      await bench.confirm(code);
      await bench.confirm(code);
      await bench.issue();
      await bench.codes.revokeRun("run-1");
      await bench.confirm(code, { sessionId: "session-2" });
      expect(await bench.audit()).toMatchObject([
        {
          event: "issued",
          decoy: false,
          challengeId: first.challengeId,
          runId: "run-1",
          stepId: "code",
          userId: "u-dana",
        },
        { event: "confirm_failed", reason: "malformed", attemptNumber: null },
        { event: "confirm_failed", reason: "wrong_code", attemptNumber: 1, runId: "run-2", stepId: "confirm" },
        { event: "superseded", challengeId: first.challengeId, by: second.challengeId },
        { event: "resent", resend: 1, challengeId: second.challengeId },
        { event: "confirm_failed", reason: "foreign", attemptNumber: null, userId: "u-mallory" },
        { event: "confirmed", attemptNumber: 2, challengeId: second.challengeId },
        { event: "confirm_failed", reason: "replayed", attemptNumber: null },
        { event: "issued" },
        { event: "revoked_by_run" },
        { event: "confirm_failed", reason: "unknown", challengeId: null },
      ]);
    });

    it("tells that a challenge was locked by its last attempt", async () => {
      const bench = await open();
      const code = await bench.codeOf(await bench.issue());
      for (let offset = 1; offset <= 5; offset += 1) await bench.confirm(wrongCode(code, offset));
      expect((await bench.audit()).at(-1)).toMatchObject({ event: "locked", attemptNumber: 5 });
    });

    it("tells each time that test mode showed a code", async () => {
      const bench = await open();
      const request = issueRequest();
      const testing = bench.serve({ testMode: true });
      const { revealedCode } = await testing.issue(request);
      expect((await testing.issue(request)).revealedCode).toBe(revealedCode);
      expect((await bench.audit()).map(({ event }) => event)).toEqual([
        "issued",
        "test_code_revealed",
        "test_code_revealed",
      ]);
    });

    it("keeps no code anywhere after 100 issues and 300 submissions", async () => {
      const bench = await open();
      const said: unknown[] = [];
      const typed: string[] = [];
      for (let round = 0; round < 100; round += 1) {
        const sessionId = `session-${round}`;
        // Ten digits: six of them would turn up in the hex of random bytes by chance.
        const issued = await bench.issue({ sessionId, length: 10, typedName: `name ${round}` });
        const code = await bench.codeOf(issued);
        said.push(issued);
        for (const one of [wrongCode(code), wrongCode(code, 7), code]) {
          typed.push(one);
          said.push(await bench.confirm(one, { sessionId }));
        }
      }
      expect(said.filter((answer) => (answer as { outcome?: string }).outcome === "confirmed")).toHaveLength(100);
      expect(findInDump([await bench.dump(), await bench.audit(), said], typed)).toEqual([]);
      expect(findInDump([await bench.audit(), said], ["dana@example.test"])).toEqual([]);
    });
  });
}
