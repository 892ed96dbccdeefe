import { describe, expect, it } from "vitest";
import { createMemoryOneTimeCodes } from "../testing/memory-one-time-codes.ts";
import { createFixedClock } from "./fixed-clock.ts";
import { rememberIssuedCodes } from "./issued-codes.ts";

describe("rememberIssuedCodes", () => {
  const setUp = async () => {
    const codes = rememberIssuedCodes(createMemoryOneTimeCodes({ clock: createFixedClock() }), async () => null);
    const issue = (run: string) =>
      codes.oneTimeCodes.issue({
        idempotencyKey: `${run}/code/1`,
        runId: run,
        stepId: "code",
        user: { id: "user-demo", email: "demo@example.test", enabled: true, test: true },
        typedName: "demo",
        client: { id: "digital-workplace", test: true },
        sessionId: "session-1",
        ipClass: null,
        purpose: "second_factor",
        alphabet: "digits",
        length: 6,
        lifetimeSeconds: 300,
      });
    return { codes, issue };
  };

  it("puts the last, the previous and a wrong code where they are asked for", async () => {
    const { codes, issue } = await setUp();
    const first = await issue("run-1");
    const second = await issue("run-2");
    await issue("run-2");
    const input = {
      a: { $issuedCode: "last" },
      b: [{ $issuedCode: "previous" }],
      c: { $issuedCode: "wrong" },
      d: "kept",
    };
    const { a, b, c, d } = codes.substitute(input);
    expect([a, b, d]).toEqual([second.revealedCode, [first.revealedCode], "kept"]);
    expect(c).toMatch(/^\d{6}$/);
    expect(c).not.toBe(second.revealedCode);
  });

  it("says so when no code was issued", async () => {
    const { codes } = await setUp();
    expect(() => codes.substitute({ a: { $issuedCode: "last" } })).toThrow("No such code was issued.");
  });
});
