import { describe, expect, it } from "vitest";
import { createOneTimeCodePolicy } from "../one-time-code-policy.ts";
import { checkCodeSettings } from "./check-code-settings.ts";
import type { CodePurpose } from "./code-purpose.ts";

const policy = createOneTimeCodePolicy();
const settings = { alphabet: "digits", length: 6, purpose: "second_factor", lifetimeSeconds: 300 } as const;

describe("checkCodeSettings", () => {
  it.each([60, 600])("accepts a lifetime of %d s", (lifetimeSeconds) => {
    expect(() => checkCodeSettings({ ...settings, lifetimeSeconds }, policy)).not.toThrow();
  });

  it.each([59, 601, 0, -1, Number.NaN, 1e9, 60.5, "5m" as unknown as number])(
    "refuses a lifetime of %s",
    (lifetimeSeconds) => {
      expect(() => checkCodeSettings({ ...settings, lifetimeSeconds }, policy)).toThrow(
        expect.objectContaining({ code: "invalid-code-setting", setting: "lifetimeSeconds" }),
      );
    },
  );

  it.each([
    ["second_factor", "digits", 6],
    ["second_factor", "unambiguous30", 6],
    ["sole_factor", "digits", 8],
    ["sole_factor", "unambiguous30", 6],
  ] as const)("finds enough codes for %s in %s of %d symbols", (purpose, alphabet, length) => {
    expect(() => checkCodeSettings({ ...settings, purpose, alphabet, length }, policy)).not.toThrow();
  });

  it.each([6, 7])("finds too few codes for sole_factor in %d digits", (length) => {
    expect(() => checkCodeSettings({ ...settings, purpose: "sole_factor", length }, policy)).toThrow(/too few/);
  });

  it.each(["third_factor", "__proto__"])("refuses the purpose %s", (purpose) => {
    expect(() => checkCodeSettings({ ...settings, purpose: purpose as CodePurpose }, policy)).toThrow(
      expect.objectContaining({ setting: "purpose" }),
    );
  });
});
