import { describe, expect, it } from "vitest";
import { Secret } from "../step/secret.ts";
import { compareValues } from "./compare-values.ts";

const typed = (text: string) => new Secret("entered", text);
const sealed = new Secret("issued", null);

describe("compareValues", () => {
  it("opens secrets that may be read, at any depth", () => {
    expect(compareValues(typed("4711"), "equal", "4711")).toBe(true);
    expect(compareValues({ code: typed("4711") }, "equal", { code: "4711" })).toBe(true);
    expect(compareValues({ code: typed("4711") }, "equal", { code: typed("0000") })).toBe(false);
    expect(compareValues([typed("4711")], "equal", [typed("0000")])).toBe(false);
  });

  it("takes a secret that nobody may read for something unequal to everything, never for null", () => {
    expect(compareValues(sealed, "is-null", null)).toBe(false);
    expect(compareValues(sealed, "not-null", null)).toBe(true);
    for (const other of [null, "", "••••••", sealed]) expect(compareValues(other, "equal", sealed)).toBe(false);
    expect(compareValues(sealed, "greater", "0")).toBe(false);
  });

  it("compares objects by structure, whatever the order of keys", () => {
    expect(compareValues({ a: 1, b: [2] }, "equal", { b: [2], a: 1 })).toBe(true);
    expect(compareValues({ a: 1 }, "equal", { a: 1, b: null })).toBe(false);
    expect(compareValues([], "equal", {})).toBe(false);
  });
});
