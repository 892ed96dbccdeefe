import { describe, expect, it } from "vitest";
import { maskAddresses } from "./mask-addresses.ts";

describe("maskAddresses", () => {
  it.each([
    ["demo@example.test", "d•••@example.test"],
    ["Write to demo@example.test, or d.k@sub.example.test.", "Write to d•••@example.test, or d•••@sub.example.test."],
    ["<o'brien@example.test>", "<o•••@example.test>"],
    ['"a b"@example.test', '"•••@example.test'],
    ["user@[1.2.3.4]", "u•••@[1.2.3.4]"],
    [`${"x".repeat(100)}@example.test`, "x•••@example.test"],
    ["a@b@c", "a•••@b@c"],
    ["no address @ all", "no address @ all"],
    ["nothing", "nothing"],
  ])("turns %j into %j", (text, masked) => {
    expect(maskAddresses(text)).toBe(masked);
  });

  it("takes no quadratic time", () => {
    expect(maskAddresses("@".repeat(500_000))).toHaveLength(500_000);
    expect(maskAddresses(`@${"a".repeat(9_000_000)}`)).toHaveLength(9_000_001);
    expect(maskAddresses(`${"a".repeat(9_000_000)}@`)).toHaveLength(9_000_001);
  });
});
