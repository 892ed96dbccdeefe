import { describe, expect, it } from "vitest";
import { openLimitedBench } from "./open-limited-bench.ts";
import { dana, type TestBench, wrongCode } from "./test-bench.ts";

const minute = 60_000;

/** What holds of a user whose tries failed, and of the waits that follow. */
export function describeFailures(open: () => Promise<TestBench>): void {
  describe("failures", () => {
    it("evaluates at most 20 guesses a day of a user, over 1,000 runs, sessions and clients", async () => {
      const { bench, codes, issue } = await openLimitedBench(open);
      let evaluated = 0;
      for (let run = 0; run < 1000; run += 1) {
        const place = { sessionId: `s-${run}`, clientId: `client-${run % 7}` };
        const issued = await issue({ sessionId: place.sessionId, client: { id: place.clientId, test: false } });
        const opened = await codes.openForDelivery(issued.challengeId);
        await bench.confirmWith(codes, wrongCode(opened?.code ?? "000000"), place);
        evaluated += (await bench.attemptsOf(issued)) ?? 0;
        // 80 s a round: 1,000 of them are 22 hours.
        await bench.advance(80_000);
      }
      expect(evaluated).toBe(20);
      expect(await bench.audit()).toContainEqual(
        expect.objectContaining({ event: "budget_exhausted", scope: "failures" }),
      );
    });

    it("makes a user wait after 5, 10 and 15 failures, and lets an operator end the wait", async () => {
      const { bench, codes, issue } = await openLimitedBench(open);
      const waits: number[] = [];
      let failures = 0;
      while (failures < 20) {
        const issued = await issue({ sessionId: `w-${failures}` });
        for (let index = 0; index < 5; index += 1) {
          const typed = wrongCode((await codes.openForDelivery(issued.challengeId))?.code ?? "000000");
          const answer = await bench.confirmWith(codes, typed, { sessionId: `w-${failures - index}` });
          if (answer.retryAt !== null) throw new Error("A wait came early.");
          failures += 1;
          if (failures % 5 === 0) break;
          await bench.advance(failures > 15 ? 30 * minute : failures > 10 ? 5 * minute : failures > 5 ? 30_000 : 0);
          if (failures > 5) break;
        }
        if (failures === 5 || failures === 10 || failures === 15 || failures === 20) {
          await bench.advance(30_000 - 1);
          const probe = await issue({ sessionId: `probe-${failures}` });
          const answer = await bench.confirmWith(codes, "000000", { sessionId: `probe-${failures}` });
          expect(answer.outcome).toBe("rejected");
          expect(await bench.attemptsOf(probe)).toBe(0);
          const before = (await bench.audit()).at(-1)?.atMs ?? 0;
          waits.push(Math.round((Date.parse(answer.retryAt ?? "") - before) / 1000));
          await bench.advance(31 * minute);
        }
      }
      expect(waits.slice(0, 3)).toEqual([0, 270, 1770]);
      expect(waits[3]).toBeGreaterThan(1800);
      await codes.unlock(dana.id);
      expect((await bench.audit()).at(-1)).toMatchObject({ event: "unlocked", userId: dana.id });
      await bench.advance(11 * minute);
      const fresh = await issue({ sessionId: "free" });
      const opened = await codes.openForDelivery(fresh.challengeId);
      if (opened !== null) {
        expect((await bench.confirmWith(codes, opened.code, { sessionId: "free" })).outcome).toBe("confirmed");
      }
    });
  });
}
