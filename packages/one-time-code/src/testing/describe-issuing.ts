import { describe, expect, it } from "vitest";
import { issueRequest, type TestBench, wrongCode } from "./test-bench.ts";

/** What holds when codes are issued, repeated, superseded and revoked. */
export function describeIssuing(open: () => Promise<TestBench>): void {
  describe("issuing", () => {
    it("gives a repeated step the same challenge, code and expiry", async () => {
      const bench = await open();
      const request = issueRequest();
      const first = await bench.codes.issue(request);
      const code = await bench.codeOf(first);
      await bench.advance(5_000);
      expect(await bench.codes.issue(request)).toEqual(first);
      expect(await bench.codeOf(first)).toBe(code);
    });

    it("makes one challenge of parallel issues of one activation", async () => {
      const bench = await open();
      const request = issueRequest();
      const issued = await Promise.all(Array.from({ length: 20 }, () => bench.codes.issue(request)));
      expect(new Set(issued.map(({ challengeId }) => challengeId)).size).toBe(1);
      expect((await bench.audit()).filter(({ event }) => event === "issued")).toHaveLength(1);
    });

    it("refuses an idempotency key that comes back for another user or session", async () => {
      const bench = await open();
      const request = issueRequest();
      await bench.codes.issue(request);
      for (const changes of [{ user: null }, { sessionId: "session-2" }, { client: { id: "portal", test: false } }]) {
        await expect(bench.codes.issue({ ...request, ...changes })).rejects.toMatchObject({
          code: "idempotency-key-reused",
        });
      }
    });

    it("supersedes the active code of the same session, client and purpose", async () => {
      const bench = await open();
      const old = await bench.issue();
      const oldCode = await bench.codeOf(old);
      const fresh = await bench.issue();
      expect(await bench.codes.openForDelivery(old.challengeId)).toBeNull();
      expect((await bench.confirm(oldCode, { challengeId: old.challengeId })).outcome).toBe("refused");
      expect((await bench.confirm(await bench.codeOf(fresh))).outcome).toBe("confirmed");
    });

    it("keeps codes of other sessions, clients and purposes apart", async () => {
      const bench = await open();
      const issued = [
        await bench.issue(),
        await bench.issue({ sessionId: "session-2" }),
        await bench.issue({ client: { id: "portal", test: false } }),
        await bench.issue({ purpose: "sole_factor", length: 8 }),
      ];
      for (const one of issued) expect(await bench.codes.openForDelivery(one.challengeId)).not.toBeNull();
    });

    it("carries spent attempts over to the next code, until none are left", async () => {
      const bench = await open();
      let evaluated = 0;
      for (let round = 0; round < 4; round += 1) {
        const issued = await bench.issue();
        const opened = await bench.codes.openForDelivery(issued.challengeId);
        const before = (await bench.attemptsOf(issued)) ?? 0;
        await bench.confirm(wrongCode(opened?.code ?? "000000"));
        await bench.confirm(wrongCode(opened?.code ?? "000000", 2));
        evaluated += ((await bench.attemptsOf(issued)) ?? 0) - before;
      }
      expect(evaluated).toBe(5);
      expect(await bench.codes.openForDelivery((await bench.issue()).challengeId)).toBeNull();
    });

    it("carries attempts over from a revoked code as well", async () => {
      const bench = await open();
      await bench.confirm(wrongCode(await bench.codeOf(await bench.issue())));
      await bench.codes.revokeRun("run-1");
      expect(await bench.attemptsOf(await bench.issue())).toBe(1);
    });

    it("starts with all attempts after a confirmed or expired code", async () => {
      const bench = await open();
      const first = await bench.codeOf(await bench.issue());
      await bench.confirm(wrongCode(first));
      await bench.confirm(first);
      const second = await bench.issue();
      expect(await bench.attemptsOf(second)).toBe(0);
      await bench.confirm(wrongCode(await bench.codeOf(second)));
      await bench.advance(300_000);
      expect(await bench.attemptsOf(await bench.issue())).toBe(0);
    });

    it("lets at most three codes of a user be active, whatever the sessions, and drops the oldest", async () => {
      const bench = await open();
      const issued = [];
      for (let session = 1; session <= 5; session += 1) {
        issued.push(await bench.issue({ sessionId: `session-${session}` }));
        await bench.advance(1);
      }
      const live = await Promise.all(issued.map(({ challengeId }) => bench.codes.openForDelivery(challengeId)));
      expect(live.map((opened) => opened !== null)).toEqual([false, false, true, true, true]);
    });

    it("revokes the codes of a cancelled run, and those of no other run", async () => {
      const bench = await open();
      const cancelled = await bench.issue();
      const code = await bench.codeOf(cancelled);
      const other = await bench.issue({ runId: "run-9", sessionId: "session-9" });
      await bench.codes.revokeRun("run-1");
      await bench.codes.revokeRun("run-1");
      expect(await bench.codes.openForDelivery(cancelled.challengeId)).toBeNull();
      expect((await bench.confirm(code)).outcome).toBe("refused");
      expect((await bench.confirm(await bench.codeOf(other), { sessionId: "session-9" })).outcome).toBe("confirmed");
    });

    it("opens a code for its delivery until it is confirmed or over", async () => {
      const bench = await open();
      const confirmed = await bench.issue();
      await bench.confirm(await bench.codeOf(confirmed));
      expect(await bench.codes.openForDelivery(confirmed.challengeId)).toBeNull();
      const expired = await bench.issue({ lifetimeSeconds: 60 });
      await bench.advance(59_999);
      expect(await bench.codes.openForDelivery(expired.challengeId)).not.toBeNull();
      await bench.advance(1);
      expect(await bench.codes.openForDelivery(expired.challengeId)).toBeNull();
      expect(await bench.codes.openForDelivery("no-such-challenge")).toBeNull();
    });
  });
}
