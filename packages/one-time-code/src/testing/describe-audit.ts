import { describe, expect, it } from "vitest";
import { generateKey } from "../key/generate-key.ts";
import { createKeyRing } from "../key/key-ring.ts";
import { createOneTimeCodePolicy } from "../one-time-code-policy.ts";
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

    it("names the user of a challenge also where the caller has none, but not to whoever it is not for", async () => {
      const bench = await open();
      const codes = bench.serve({ policy: createOneTimeCodePolicy({ networkConfirms: { seconds: 60, max: 1 } }) });
      const confirm = (code: string, sessionId: string, changes: { challengeId?: string; attemptId?: string } = {}) =>
        bench.confirmWith(codes, code, { sessionId, userId: null, ...changes });
      const first = await bench.codeOf(await bench.issue({ sessionId: "a" }));
      const attemptId = crypto.randomUUID();
      await confirm("12", "a", { attemptId });
      await confirm("123456", "a", { attemptId });
      await confirm(first, "a");
      await confirm(first, "a");
      await bench.issue({ sessionId: "b", runId: "run-b" });
      await bench.codes.revokeRun("run-b");
      await confirm("123456", "b");
      await bench.issue({ sessionId: "c", lifetimeSeconds: 60 });
      await bench.advance(60_000);
      await confirm("123456", "c");
      const old = await bench.issue({ sessionId: "d" });
      const code = await bench.codeOf(await bench.issue({ sessionId: "d" }));
      await confirm("123456", "d", { challengeId: old.challengeId });
      const without = bench.serve({ keyRing: createKeyRing({ current: "k2", keys: { k2: generateKey() } }) });
      await bench.confirmWith(without, code, { sessionId: "d", userId: null });
      await bench.issue({ sessionId: "e" });
      for (let offset = 1; offset <= 5; offset += 1) await confirm(wrongCode(code, offset), "d");
      await confirm(code, "d");
      await confirm(code, "e");
      await confirm(code, "e", { challengeId: old.challengeId });
      await confirm(code, "none");
      const network = { sessionId: "e", userId: null, ipClass: "192.0.2.1/32" };
      for (const typed of ["12", "13"]) await bench.confirmWith(codes, typed, network);
      const failures = (await bench.audit()).flatMap((event) =>
        event.event === "confirm_failed" && event.reason !== "wrong_code" ? [[event.reason, event.userId]] : [],
      );
      expect(failures).toEqual([
        ["malformed", "u-dana"],
        ["attempt_reused", null],
        ["replayed", "u-dana"],
        ["revoked", "u-dana"],
        ["expired", "u-dana"],
        ["superseded", "u-dana"],
        ["key_unknown", "u-dana"],
        ["locked", "u-dana"],
        ["wait", "u-dana"],
        ["foreign", null],
        ["unknown", null],
        ["wait", "u-dana"],
        ["network_budget", null],
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
