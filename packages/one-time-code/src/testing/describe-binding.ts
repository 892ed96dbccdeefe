import { describe, expect, it } from "vitest";
import { confirmRequest, type TestBench, wrongCode } from "./test-bench.ts";

/** What holds for codes in foreign hands. */
export function describeBinding(open: () => Promise<TestBench>): void {
  describe("binding", () => {
    const foreign = [
      ["user", { userId: "u-mallory" }],
      ["client", { clientId: "portal" }],
      ["purpose", { purpose: "sole_factor" }],
      ["session", { sessionId: "session-2" }],
    ] as const;

    it.each(foreign)(
      "refuses the right code from another %s and leaves the challenge untouched",
      async (_name, changes) => {
        const bench = await open();
        const issued = await bench.issue();
        const code = await bench.codeOf(issued);
        for (let time = 0; time < 6; time += 1) {
          expect((await bench.confirm(code, changes)).outcome).toBe("refused");
          expect((await bench.confirm(code, { ...changes, challengeId: issued.challengeId })).outcome).toBe("refused");
        }
        expect(await bench.attemptsOf(issued)).toBe(0);
        expect((await bench.confirm(code)).outcome).toBe("confirmed");
      },
    );

    it("refuses the right code from another tenant", async () => {
      const bench = await open();
      const issued = await bench.issue();
      const code = await bench.codeOf(issued);
      const other = bench.serve({ tenant: "other" });
      for (const challengeId of [null, issued.challengeId]) {
        expect((await other.confirm(confirmRequest(code, { challengeId }))).outcome).toBe("refused");
      }
      expect(await other.openForDelivery(issued.challengeId)).toBeNull();
      await other.revokeRun("run-1");
      expect((await bench.confirm(code)).outcome).toBe("confirmed");
    });

    it("confirms for a caller without a user, and tells whose code it was", async () => {
      const bench = await open();
      const code = await bench.codeOf(await bench.issue());
      expect(await bench.confirm(code, { userId: null })).toMatchObject({ outcome: "confirmed", userId: "u-dana" });
    });

    it("does not confirm one challenge with the code of another", async () => {
      const bench = await open();
      const first = await bench.issue();
      const second = await bench.issue({ sessionId: "session-2" });
      const [code, other] = [await bench.codeOf(first), await bench.codeOf(second)];
      const typed = code === other ? wrongCode(code) : code;
      expect((await bench.confirm(typed, { sessionId: "session-2" })).outcome).toBe("rejected");
      expect(await bench.attemptsOf(first)).toBe(0);
    });

    it("takes hostile ids literally", async () => {
      const bench = await open();
      for (const id of [
        "' OR 1=1--",
        "%",
        "__proto__",
        "constructor",
        "a\r\nBcc: eve@example.test",
        "\u202e",
        "",
        "😀",
      ]) {
        const code = await bench.codeOf(
          await bench.issue({ sessionId: `s${id}`, runId: `r${id}`, client: { id: `c${id}`, test: false } }),
        );
        expect((await bench.confirm(code, { sessionId: "s", clientId: "c_" })).outcome).toBe("refused");
        expect((await bench.confirm(code, { challengeId: id || "%" })).outcome).toBe("refused");
        expect((await bench.confirm(code, { sessionId: `s${id}`, clientId: `c${id}` })).outcome).toBe("confirmed");
      }
    });
  });
}
