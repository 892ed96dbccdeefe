import { describe, expect, it } from "vitest";
import { dana, type TestBench } from "./test-bench.ts";

/** What holds for challenges that no code confirms. */
export function describeDecoys(open: () => Promise<TestBench>): void {
  describe("decoys", () => {
    const nobody = [
      ["unknown", null],
      ["disabled", { ...dana, enabled: false }],
      ["address-less", { ...dana, email: null }],
      ["unreachable", { ...dana, email: "dana@example.test\r\nBcc: eve@example.test" }],
    ] as const;

    it.each(nobody)("answers for an %s user as for a real one, with nothing to deliver", async (_name, user) => {
      const bench = await open();
      const real = await bench.issue({ sessionId: "session-2" });
      const decoy = await bench.issue({ user });
      expect(Object.keys(decoy)).toEqual(Object.keys(real));
      expect(decoy).toMatchObject({
        channel: "email",
        length: 6,
        expiresAt: real.expiresAt,
        resendAvailableAt: real.resendAvailableAt,
        revealedCode: null,
      });
      expect(decoy.destination).toMatch(/^.•••@[a-z.]+$/u);
      expect(await bench.codes.openForDelivery(decoy.challengeId)).toBeNull();
    });

    it.each(nobody)("counts attempts for an %s user alike and never confirms", async (_name, user) => {
      const bench = await open();
      await bench.issue({ user });
      const outcomes = [];
      for (const code of ["000000", "12345", "000001", "000002", "000003", "000004", "000005"]) {
        outcomes.push((await bench.confirm(code, { userId: user?.id ?? null })).outcome);
      }
      expect(outcomes).toEqual(["rejected", "rejected", "rejected", "rejected", "rejected", "refused", "refused"]);
    });

    it("lets at most three decoys of a name be active, however it is written", async () => {
      const bench = await open();
      const issued = [];
      for (const [index, typedName] of ["ghost", " Ghost ", "GHOST", "ｇｈｏｓｔ"].entries()) {
        issued.push(await bench.issue({ user: null, typedName, sessionId: `session-${index}` }));
        await bench.advance(1);
      }
      const states = await Promise.all(
        issued.map(({ challengeId }) => bench.store.read({ tenant: "default", challengeId })),
      );
      expect(states.map((challenge) => challenge?.state)).toEqual(["superseded", "active", "active", "active"]);
    });
  });
}
