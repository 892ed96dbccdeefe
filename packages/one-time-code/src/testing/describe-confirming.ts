import { describe, expect, it } from "vitest";
import { generateKey } from "../key/generate-key.ts";
import { createKeyRing } from "../key/key-ring.ts";
import { confirmRequest, issueRequest, type TestBench, wrongCode } from "./test-bench.ts";

/** What holds for a submission: attempts, time, repetition and keys. */
export function describeConfirming(open: () => Promise<TestBench>): void {
  describe("confirming", () => {
    it("confirms the right code once, and tells when and for whom", async () => {
      const bench = await open();
      const issued = await bench.issue();
      const code = await bench.codeOf(issued);
      const confirmed = await bench.confirm(code);
      expect(confirmed).toMatchObject({
        outcome: "confirmed",
        challengeId: issued.challengeId,
        userId: "u-dana",
        retryAt: null,
      });
      expect(Date.parse(confirmed.at ?? "")).toBe(Date.parse(issued.expiresAt) - 300_000);
      expect(await bench.confirm(code)).toEqual({
        outcome: "refused",
        retryAt: null,
        at: null,
        challengeId: null,
        userId: null,
      });
    });

    it("rejects wrong codes while attempts are left, then locks", async () => {
      const bench = await open();
      const code = await bench.codeOf(await bench.issue());
      const outcomes = [];
      for (let offset = 1; offset <= 5; offset += 1)
        outcomes.push((await bench.confirm(wrongCode(code, offset))).outcome);
      expect(outcomes).toEqual(["rejected", "rejected", "rejected", "rejected", "refused"]);
      expect((await bench.confirm(code)).outcome).toBe("refused");
    });

    it("spends no attempt on malformed input or a code of another length or alphabet", async () => {
      const bench = await open();
      const issued = await bench.issue();
      const code = await bench.codeOf(issued);
      const malformed = [
        "",
        "12345",
        `${code}0`,
        "ABCDEF",
        123456,
        null,
        undefined,
        { code },
        [code],
        `${code}\u0000`,
        "\ud800".repeat(6),
        "9".repeat(1e6),
      ];
      for (const typed of malformed) expect((await bench.confirm(typed)).outcome).toBe("rejected");
      expect(await bench.attemptsOf(issued)).toBe(0);
      expect((await bench.confirm(` ${code.slice(0, 3)}–${code.slice(3)} `)).outcome).toBe("confirmed");
    });

    it.each([
      [-1, "confirmed"],
      [0, "refused"],
      [1, "refused"],
    ] as const)("answers %i ms from the expiry: %s", async (ms, outcome) => {
      const bench = await open();
      const code = await bench.codeOf(await bench.issue({ lifetimeSeconds: 60 }));
      await bench.advance(60_000 + ms);
      expect((await bench.confirm(code)).outcome).toBe(outcome);
    });

    it("gives a repeated attempt its recorded answer and counts it once", async () => {
      const bench = await open();
      const issued = await bench.issue();
      const code = await bench.codeOf(issued);
      const wrong = confirmRequest(wrongCode(code));
      for (let time = 0; time < 8; time += 1) expect((await bench.codes.confirm(wrong)).outcome).toBe("rejected");
      expect(await bench.attemptsOf(issued)).toBe(1);
      const right = confirmRequest(code);
      const confirmed = await bench.codes.confirm(right);
      await bench.advance(3_600_000);
      expect(await bench.codes.confirm(right)).toEqual(confirmed);
      expect(confirmed.outcome).toBe("confirmed");
    });

    it("keeps the answer of an attempt that came before there was a code", async () => {
      const bench = await open();
      const early = confirmRequest("123456");
      expect((await bench.codes.confirm(early)).outcome).toBe("refused");
      const issued = await bench.issue();
      expect((await bench.codes.confirm(early)).outcome).toBe("refused");
      expect(await bench.attemptsOf(issued)).toBe(0);
    });

    it("refuses an attempt that comes back with another code, and changes nothing", async () => {
      const bench = await open();
      const issued = await bench.issue();
      const code = await bench.codeOf(issued);
      for (const first of [wrongCode(code), "malformed"]) {
        const attempt = confirmRequest(first);
        await bench.codes.confirm(attempt);
        expect((await bench.codes.confirm({ ...attempt, code })).outcome).toBe("refused");
      }
      expect(await bench.attemptsOf(issued)).toBe(1);
      const right = confirmRequest(code);
      expect((await bench.codes.confirm(right)).outcome).toBe("confirmed");
      expect((await bench.codes.confirm({ ...right, code: wrongCode(code) })).outcome).toBe("refused");
      expect((await bench.codes.confirm(right)).outcome).toBe("confirmed");
    });

    const others = [
      ["run", { runId: "run-9" }],
      ["step", { stepId: "other" }],
      ["user", { userId: "u-mallory" }],
      ["user, nobody", { userId: null }],
      ["client", { clientId: "portal" }],
      ["purpose", { purpose: "sole_factor" }],
      ["session", { sessionId: "session-2" }],
      ["challenge", { challengeId: "no-such-challenge" }],
    ] as const;
    it.each(others)(
      "refuses a recorded attempt that comes back with another %s, and changes nothing",
      async (_name, changes) => {
        const bench = await open();
        const issued = await bench.issue();
        const code = await bench.codeOf(issued);
        for (const typed of [wrongCode(code), code]) {
          const attempt = confirmRequest(typed);
          const answer = await bench.codes.confirm(attempt);
          expect(await bench.codes.confirm({ ...attempt, ...changes })).toEqual({
            outcome: "refused",
            retryAt: null,
            at: null,
            challengeId: null,
            userId: null,
          });
          expect((await bench.audit()).at(-1)).toMatchObject({ event: "confirm_failed", reason: "attempt_reused" });
          await bench.advance(3_600_000 * (typed === code ? 1 : 0));
          expect((await bench.codes.confirm({ ...attempt, ...changes })).outcome).toBe("refused");
          expect(await bench.codes.confirm(attempt)).toEqual(answer);
        }
        expect(await bench.attemptsOf(issued)).toBe(2);
      },
    );

    it("tells an attempt at the newest challenge from one at that challenge by name", async () => {
      const bench = await open();
      const { challengeId, ...issued } = await bench.issue();
      const attempt = confirmRequest(await bench.codeOf({ challengeId, ...issued }));
      expect((await bench.codes.confirm(attempt)).outcome).toBe("confirmed");
      expect((await bench.codes.confirm({ ...attempt, challengeId })).outcome).toBe("refused");
    });

    it("confirms across a key rotation, and repeats the answer after it", async () => {
      const bench = await open();
      const k1 = generateKey();
      const before = bench.serve({ keyRing: createKeyRing({ current: "k1", keys: { k1 } }) });
      const after = bench.serve({ keyRing: createKeyRing({ current: "k2", keys: { k1, k2: generateKey() } }) });
      const { challengeId } = await before.issue(issueRequest());
      const code = (await after.openForDelivery(challengeId))?.code ?? "";
      const wrong = confirmRequest(wrongCode(code));
      expect((await before.confirm(wrong)).outcome).toBe("rejected");
      expect((await after.confirm(wrong)).outcome).toBe("rejected");
      expect((await after.confirm(confirmRequest(code))).outcome).toBe("confirmed");
    });

    it("refuses a code whose key was dropped, spends no attempt and alarms", async () => {
      const bench = await open();
      const issued = await bench.issue();
      const code = await bench.codeOf(issued);
      const without = bench.serve({ keyRing: createKeyRing({ current: "k2", keys: { k2: generateKey() } }) });
      expect(await without.confirm(confirmRequest(code))).toEqual({
        outcome: "refused",
        retryAt: null,
        at: null,
        challengeId: null,
        userId: null,
      });
      expect(await bench.attemptsOf(issued)).toBe(0);
      expect(await bench.audit()).toContainEqual(expect.objectContaining({ event: "key_unknown", kid: "k1" }));
      await expect(without.openForDelivery(issued.challengeId)).rejects.toMatchObject({
        code: "sealed-code-unreadable",
      });
      expect((await bench.confirm(code)).outcome).toBe("confirmed");
    });
  });
}
