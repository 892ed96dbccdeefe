import { describe, expect, it } from "vitest";
import { present, redact } from "./redact.ts";
import { Secret } from "./secret.ts";

const model = {
  issued: new Secret("issued", "482913"),
  sealed: new Secret("issued", null),
  entered: new Secret("entered", "typed-by-a-person"),
  nested: [{ deep: new Secret("issued", "482913") }],
  address: "Write to demo@example.test, or to d.k@sub.example.test",
  plain: { count: 1, list: [true, null] },
};

describe("redact", () => {
  it("masks every secret and every address", () => {
    expect(redact(model)).toEqual({
      issued: "••••••",
      sealed: "••••••",
      entered: "••••••",
      nested: [{ deep: "••••••" }],
      address: "Write to d•••@example.test, or to d•••@sub.example.test",
      plain: { count: 1, list: [true, null] },
    });
  });

  it("shares what needs no change", () => {
    expect(redact(model)["plain"]).toBe(model.plain);
  });

  it("takes no quadratic time on a long text of at signs", () => {
    expect(redact("@".repeat(200_000))).toHaveLength(200_000);
    expect(redact("a".repeat(200_000) + "@")).toHaveLength(200_001);
  });
});

describe("present", () => {
  it("shows issued digits when there are any and masks what a person typed", () => {
    expect(present(model)).toMatchObject({
      issued: "482913",
      sealed: "••••••",
      entered: "••••••",
      nested: [{ deep: "482913" }],
    });
  });
});
