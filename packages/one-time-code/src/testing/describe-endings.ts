import { describe, expect, it } from "vitest";
import { openLimitedBench } from "./open-limited-bench.ts";
import { dana, numberedUser, type TestBench, wrongCode } from "./test-bench.ts";

const minute = 60_000;
const hour = 60 * minute;

/** What holds of challenges that come to an end, and of what is left of them. */
export function describeEndings(open: () => Promise<TestBench>): void {
  describe("endings", () => {
    it("sends a new code once the chain of a locked one is over, however often the user asked meanwhile", async () => {
      const { bench, codes, issue } = await openLimitedBench(open);
      const first = await issue({ sessionId: "s" });
      const code = await bench.codeOf(first);
      for (let offset = 1; offset <= 5; offset += 1)
        await bench.confirmWith(codes, wrongCode(code, offset), { sessionId: "s" });
      const sent = [];
      for (let index = 0; index < 10; index += 1) {
        await bench.advance(2 * minute);
        sent.push((await issue({ sessionId: "s" })).deliver);
      }
      expect(sent.slice(0, 5)).toEqual([false, false, false, false, true]);
    });

    it("takes 20 malformed inputs without an attempt; one more ends the challenge", async () => {
      const { bench, codes, issue } = await openLimitedBench(open);
      const issued = await issue({ sessionId: "s" });
      const code = await bench.codeOf(issued);
      for (let index = 0; index < 20; index += 1) {
        expect((await bench.confirmWith(codes, "12", { sessionId: "s" })).outcome).toBe("rejected");
      }
      expect(await bench.attemptsOf(issued)).toBe(0);
      expect((await bench.confirmWith(codes, "12", { sessionId: "s" })).outcome).toBe("refused");
      expect((await bench.confirmWith(codes, code, { sessionId: "s" })).outcome).toBe("refused");
    });

    it("revokes a code for its owner once", async () => {
      const { bench, codes, issue } = await openLimitedBench(open);
      const issued = await issue({ sessionId: "s" });
      const code = await bench.codeOf(issued);
      expect(await codes.revokeByUser(issued.challengeId)).toBe(true);
      expect(await codes.revokeByUser(issued.challengeId)).toBe(false);
      expect(await codes.revokeByUser("no-such-challenge")).toBe(false);
      expect((await bench.confirmWith(codes, code, { sessionId: "s" })).outcome).toBe("refused");
      expect(await bench.audit()).toContainEqual(
        expect.objectContaining({ event: "revoked_by_user", userId: dana.id }),
      );
    });

    it("cleans what was over a day ago, in batches, and nothing else", async () => {
      const { bench, codes, issue } = await openLimitedBench(open);
      for (let index = 0; index < 5; index += 1) await issue({ user: numberedUser(index) });
      await bench.advance(24 * hour + 5 * minute - 1);
      expect(await bench.store.clean({ batch: 1000 })).toBe(0);
      await bench.advance(1);
      const live = await issue({ sessionId: "live", user: numberedUser(9) });
      expect(
        [await bench.store.clean({ batch: 3 }), await bench.store.clean({ batch: 3 })].every((count) => count <= 3),
      ).toBe(true);
      expect(await codes.openForDelivery(live.challengeId)).not.toBeNull();
      expect(await bench.store.clean({ batch: 3 })).toBe(0);
    });
  });
}
