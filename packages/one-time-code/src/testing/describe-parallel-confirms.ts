import { describe, expect, it } from "vitest";
import { confirmRequest, type TestBench, wrongCode } from "./test-bench.ts";

/** What holds when many confirm at once. */
export function describeParallelConfirms(open: () => Promise<TestBench>): void {
  describe("confirming in parallel", () => {
    it("confirms one of 1,000 right submissions", async () => {
      const bench = await open();
      const code = await bench.codeOf(await bench.issue());
      const answers = await Promise.all(Array.from({ length: 1000 }, () => bench.confirm(code)));
      expect(answers.filter(({ outcome }) => outcome === "confirmed")).toHaveLength(1);
      expect(answers.filter(({ outcome }) => outcome === "refused")).toHaveLength(999);
    });

    it("evaluates five of 1,000 wrong submissions and then refuses the right one", async () => {
      const bench = await open();
      const issued = await bench.issue();
      const code = await bench.codeOf(issued);
      const answers = await Promise.all(
        Array.from({ length: 1000 }, (_, index) => bench.confirm(wrongCode(code, index + 1))),
      );
      expect(answers.filter(({ outcome }) => outcome === "rejected")).toHaveLength(4);
      expect(await bench.attemptsOf(issued)).toBe(5);
      expect(
        (await bench.audit()).filter((event) => event.event === "confirm_failed" && event.reason === "wrong_code"),
      ).toHaveLength(5);
      expect((await bench.confirm(code)).outcome).toBe("refused");
    });

    it.each([1, 2, 3])("never evaluates more than five of 999 wrong and one right submission (round %i)", async () => {
      const bench = await open();
      const issued = await bench.issue();
      const code = await bench.codeOf(issued);
      const typed = Array.from({ length: 999 }, (_, index) => wrongCode(code, index + 1));
      typed.splice(Math.floor(Math.random() * 12), 0, code);
      const answers = await Promise.all(typed.map((one) => bench.confirm(one)));
      expect(await bench.attemptsOf(issued)).toBeLessThanOrEqual(5);
      expect(answers.filter(({ outcome }) => outcome === "confirmed").length).toBeLessThanOrEqual(1);
    });

    it("gives one attempt sent many times at once one answer", async () => {
      const bench = await open();
      const issued = await bench.issue();
      const attempt = confirmRequest(await bench.codeOf(issued));
      const answers = await Promise.all(Array.from({ length: 50 }, () => bench.codes.confirm(attempt)));
      expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
      expect(answers[0]?.outcome).toBe("confirmed");
      expect(await bench.attemptsOf(issued)).toBe(1);
    });
  });
}
