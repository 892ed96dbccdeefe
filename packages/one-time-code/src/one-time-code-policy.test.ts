import { describe, expect, it } from "vitest";
import { createOneTimeCodePolicy } from "./one-time-code-policy.ts";

describe("createOneTimeCodePolicy", () => {
  it("fills up with the defaults", () => {
    expect(createOneTimeCodePolicy({ maxAttempts: 3 })).toMatchObject({
      minLifetimeSeconds: 60,
      maxLifetimeSeconds: 600,
      defaultLifetimeSeconds: 300,
      maxAttempts: 3,
      resendCooldownSeconds: 30,
      maxActivePerUser: 3,
    });
  });

  it.each([
    { maxAttempts: 0 },
    { maxAttempts: 11 },
    { maxAttempts: Number.NaN },
    { minLifetimeSeconds: 59 },
    { maxLifetimeSeconds: 601 },
    { defaultLifetimeSeconds: 601 },
    { resendCooldownSeconds: -1 },
    { maxActivePerUser: 0 },
    { decoyDomains: [] },
  ])("refuses %o", (changes) => {
    expect(() => createOneTimeCodePolicy(changes)).toThrow(expect.objectContaining({ code: "invalid-policy" }));
  });
});
