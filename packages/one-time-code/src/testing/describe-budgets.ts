import { describe, expect, it } from "vitest";
import { createOneTimeCodePolicy } from "../one-time-code-policy.ts";
import { openLimitedBench } from "./open-limited-bench.ts";
import { dana, numberedUser, type TestBench, wrongCode } from "./test-bench.ts";

const minute = 60_000;
const hour = 60 * minute;

/** What holds of the limits on issues and calls. */
export function describeBudgets(open: () => Promise<TestBench>): void {
  describe("budgets", () => {
    it("sends one code per cooldown, whatever the sessions, and answers alike in between", async () => {
      const { bench, issue, suppressions } = await openLimitedBench(open);
      const first = await issue();
      const others = await Promise.all(Array.from({ length: 20 }, () => issue()));
      expect([first, ...others].filter(({ deliver }) => deliver)).toHaveLength(1);
      for (const other of others) {
        expect({ ...other, challengeId: "", deliver: true }).toEqual({ ...first, challengeId: "" });
      }
      expect(await suppressions()).toEqual(Array.from({ length: 20 }, () => "cooldown"));
      await bench.advance(30_000);
      expect((await issue()).deliver).toBe(true);
    });

    it("answers a suppressed issue with the live code of the session, which stays as it is", async () => {
      const { bench, codes, issue } = await openLimitedBench(open);
      const first = await issue({ sessionId: "same" });
      await bench.advance(1000);
      const again = await issue({ sessionId: "same" });
      expect(again).toEqual({ ...first, deliver: false });
      const code = await bench.codeOf(first);
      expect((await bench.confirmWith(codes, code, { sessionId: "same" })).outcome).toBe("confirmed");
    });

    it("answers a suppressed issue without a live code with one that no code confirms", async () => {
      const { bench, codes, issue } = await openLimitedBench(open);
      const code = await bench.codeOf(await issue());
      const decoy = await issue({ sessionId: "other" });
      expect(await codes.openForDelivery(decoy.challengeId)).toBeNull();
      expect((await bench.confirmWith(codes, code, { sessionId: "other" })).outcome).toBe("rejected");
    });

    it("leaves the mailed code alive in a flood of suppressed issues from other sessions", async () => {
      const { bench, codes, issue } = await openLimitedBench(open);
      const code = await bench.codeOf(await issue({ sessionId: "owner" }));
      for (let index = 0; index < 10; index += 1) {
        expect((await issue({ sessionId: `flood-${index}` })).deliver).toBe(false);
        await bench.advance(1);
      }
      expect((await bench.confirmWith(codes, code, { sessionId: "owner" })).outcome).toBe("confirmed");
    });

    it("gives a repeated suppressed step the same answer, and debits nothing for it", async () => {
      const { bench, codes, issue } = await openLimitedBench(open);
      await issue();
      const request = { idempotencyKey: "k", sessionId: "s", runId: "r" };
      const once = await bench.issueWith(codes, request);
      await bench.advance(minute);
      expect(await bench.issueWith(codes, request)).toEqual(once);
    });

    it("lets a user have 5 codes in 10 minutes, 10 in an hour and 20 in a day", async () => {
      const { bench, issue } = await openLimitedBench(open);
      const sent: number[] = [];
      for (let at = 0; at < 26 * 60; at += 1) {
        if ((await issue()).deliver) sent.push(at);
        await bench.advance(minute);
      }
      const most = (length: number) =>
        Math.max(...sent.map((start) => sent.filter((at) => at >= start && at < start + length).length));
      expect([most(10), most(60), most(24 * 60)]).toEqual([5, 10, 20]);
    });

    it("says when the next code may be asked for, alike for a user and for nobody", async () => {
      const { bench, issue } = await openLimitedBench(open);
      for (const changes of [{}, { user: null, typedName: "ghost" }]) {
        const waits = [];
        for (let index = 0; index < 5; index += 1) {
          const { resendAvailableAt, expiresAt } = await issue(changes);
          waits.push((Date.parse(resendAvailableAt) - (Date.parse(expiresAt) - 5 * minute)) / 1000);
          await bench.advance(minute);
        }
        expect(waits).toEqual([30, 30, 30, 30, 360]);
        await bench.advance(hour);
      }
    });

    it("sends to one address 10 codes in an hour and 30 in a day, over all users", async () => {
      const { bench, issue, suppressions } = await openLimitedBench(open);
      const email = "shared@example.test";
      const sendAll = async () => {
        let sent = 0;
        for (let index = 0; index < 15; index += 1) {
          if (
            (await issue({ user: { ...numberedUser(index), email: index % 2 ? email : email.toUpperCase() } })).deliver
          )
            sent += 1;
          await bench.advance(1000);
        }
        return sent;
      };
      const counts = [];
      for (let round = 0; round < 5; round += 1) {
        counts.push(await sendAll());
        await bench.advance(hour);
      }
      expect(counts).toEqual([10, 10, 10, 0, 0]);
      expect(new Set(await suppressions())).toEqual(new Set(["destination_budget"]));
    });

    it.each([
      ["a name of nobody that reads like it", { user: null, typedName: "Dana@Example.test" }],
      ["a disabled user who has it, too", { user: { ...numberedUser(1), email: dana.email, enabled: false } }],
    ])("keeps no mail from an address for issues of %s", async (_name, changes) => {
      const { bench, issue } = await openLimitedBench(open);
      for (let index = 0; index < 10; index += 1) {
        await issue(changes);
        await bench.advance(2 * minute);
      }
      expect((await issue()).deliver).toBe(true);
    });

    it("lets a network issue 30 times in 10 minutes, and tells the edge", async () => {
      const { bench, codes, issue } = await openLimitedBench(open);
      const caller = { clientId: "digital-workplace", ipClass: "2001:db8:0:1::/64" };
      const sent = [];
      for (let index = 0; index < 31; index += 1) {
        expect(await codes.callLimit(caller)).toEqual(
          index < 30 ? null : expect.objectContaining({ retryAfterSeconds: 600 }),
        );
        sent.push((await issue({ user: numberedUser(index), ipClass: caller.ipClass })).deliver);
      }
      expect(sent.filter(Boolean)).toHaveLength(30);
      expect(await codes.callLimit({ ...caller, ipClass: "2001:db8:0:2::/64" })).toBeNull();
      await bench.advance(10 * minute);
      expect(await codes.callLimit(caller)).toBeNull();
      expect((await issue({ user: numberedUser(99), ipClass: caller.ipClass })).deliver).toBe(true);
      expect(await bench.audit()).toContainEqual(
        expect.objectContaining({ event: "budget_exhausted", scope: "network" }),
      );
    });

    it("lets a network confirm 60 times in 10 minutes; then nothing is compared and no attempt is spent", async () => {
      const { bench, codes, issue } = await openLimitedBench(open);
      const issued = await issue({ sessionId: "s" });
      const place = { sessionId: "s", ipClass: "192.0.2.1/32" };
      for (let index = 0; index < 19; index += 1) await bench.confirmWith(codes, "short", place);
      for (let index = 0; index < 41; index += 1)
        await bench.confirmWith(codes, "short", { ...place, sessionId: "none" });
      const code = await bench.codeOf(issued);
      const limitedAnswer = await bench.confirmWith(codes, code, place);
      expect(limitedAnswer).toMatchObject({ outcome: "rejected", retryAt: expect.any(String) });
      expect(await bench.attemptsOf(issued)).toBe(0);
      expect((await bench.confirmWith(codes, code, { ...place, ipClass: "192.0.2.2/32" })).outcome).toBe("confirmed");
    });

    it("lets a client issue and confirm as often in a minute as its limit says, at any concurrency", async () => {
      const bench = await open();
      const few = createOneTimeCodePolicy({
        clientIssues: { seconds: 60, max: 37 },
        clientConfirms: { seconds: 60, max: 41 },
      });
      const codes = bench.serve({ policy: few });
      const issued = await Promise.all(
        Array.from({ length: 60 }, (_, index) =>
          bench.issueWith(codes, { user: numberedUser(index), sessionId: `s-${index}`, runId: `r-${index}` }),
        ),
      );
      expect(issued.filter(({ deliver }) => deliver)).toHaveLength(37);
      const answers = await Promise.all(
        Array.from({ length: 60 }, (_, index) => bench.confirmWith(codes, "000000", { sessionId: `none-${index}` })),
      );
      expect(answers.filter(({ outcome }) => outcome === "refused")).toHaveLength(41);
      expect(await codes.callLimit({ clientId: "digital-workplace", ipClass: null })).not.toBeNull();
      expect(await codes.callLimit({ clientId: "portal", ipClass: null })).toBeNull();
    });

    it("takes nothing from a client for calls of a network that is over its limit", async () => {
      const bench = await open();
      const few = createOneTimeCodePolicy({
        networkIssues: { seconds: 600, max: 2 },
        networkConfirms: { seconds: 600, max: 2 },
        clientIssues: { seconds: 60, max: 20 },
        clientConfirms: { seconds: 60, max: 20 },
      });
      const codes = bench.serve({ policy: few });
      for (let index = 0; index < 30; index += 1) {
        const place = { sessionId: `flood-${index}`, runId: `flood-${index}`, ipClass: "192.0.2.1/32" };
        await bench.issueWith(codes, { ...place, user: numberedUser(index) });
        await bench.confirmWith(codes, "000000", place);
      }
      const place = { sessionId: "s", ipClass: "192.0.2.2/32" };
      const issued = await bench.issueWith(codes, place);
      expect(issued.deliver).toBe(true);
      expect((await bench.confirmWith(codes, await bench.codeOf(issued), place)).outcome).toBe("confirmed");
    });

    const thrice = { seconds: 3600, max: 3 };

    it.each([
      ["network", { networkConfirms: thrice }],
      ["client", { clientConfirms: thrice }],
    ])("debits the caller's %s for tries at somebody else's code, which stays as it is", async (_name, limits) => {
      const bench = await open();
      const codes = bench.serve({ policy: createOneTimeCodePolicy(limits) });
      const issued = await bench.issueWith(codes, { sessionId: "s" });
      const code = await bench.codeOf(issued);
      const mallory = { sessionId: "s", userId: "u-mallory", ipClass: "192.0.2.1/32" };
      const outcomes = [];
      for (let index = 0; index < 4; index += 1) {
        outcomes.push((await bench.confirmWith(codes, code, mallory)).outcome);
      }
      expect(outcomes).toEqual(["refused", "refused", "refused", "rejected"]);
      expect(await bench.attemptsOf(issued)).toBe(0);
      expect((await bench.confirm(code, { sessionId: "s" })).outcome).toBe("confirmed");
    });

    it.each([
      ["user", { userIssues: [thrice] }],
      ["destination", { destinationIssues: [thrice] }],
      ["network", { networkIssues: thrice }],
      ["client", { clientIssues: thrice }],
      ["network", { networkConfirms: thrice }],
      ["client", { clientConfirms: thrice }],
    ])("tells which call was the last one in the budget of a %s (%j)", async (scope, limits) => {
      const bench = await open();
      const codes = bench.serve({ policy: createOneTimeCodePolicy({ resendCooldownSeconds: 0, ...limits }) });
      const exhausted = [];
      for (let index = 0; index < 4; index += 1) {
        const place = { sessionId: `s-${index}`, ipClass: "192.0.2.1/32" };
        await bench.issueWith(codes, place);
        await bench.confirmWith(codes, "12", place);
        const events = (await bench.audit()).filter(({ event }) => event === "budget_exhausted");
        expect(events.every((event) => event.event === "budget_exhausted" && event.scope === scope)).toBe(true);
        exhausted.push(events.length);
      }
      expect(exhausted).toEqual([0, 0, 1, 1]);
    });

    it("resends at most three times, each one carrying the attempts, and none living past 10 minutes", async () => {
      const { bench, codes, issue, suppressions } = await openLimitedBench(open);
      const first = await issue({ sessionId: "s" });
      const start = Date.parse(first.expiresAt) - 5 * minute;
      let last = first;
      const sent = [];
      for (let index = 0; index < 5; index += 1) {
        await bench.confirmWith(codes, wrongCode(await bench.codeOf(last)), { sessionId: "s" });
        await bench.advance(2 * minute);
        last = await issue({ sessionId: "s" });
        sent.push(last.deliver);
        expect(Date.parse(last.expiresAt) - start).toBeLessThanOrEqual(10 * minute);
        if (!last.deliver) break;
      }
      expect(sent).toEqual([true, true, true, false]);
      expect(await suppressions()).toEqual(["resends"]);
      expect(await bench.attemptsOf(last)).toBe(4);
    });

    it("spares test users of test clients the issue and network budgets in test mode, but not attempts", async () => {
      const bench = await open();
      const codes = bench.serve({ policy: createOneTimeCodePolicy(), testMode: true });
      for (let index = 0; index < 40; index += 1) {
        const issued = await bench.issueWith(codes, { ipClass: "192.0.2.1/32" });
        expect(issued.revealedCode).toMatch(/^\d{6}$/);
      }
      for (let index = 0; index < 5; index += 1) await bench.confirmWith(codes, "999999", { ipClass: "192.0.2.1/32" });
      const last = await bench.issueWith(codes, {});
      expect(last.revealedCode).toBeNull();
    });
  });
}
