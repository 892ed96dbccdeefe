import { describe, expect, it } from "vitest";
import { cleanItem } from "./clean-item.ts";

describe("cleanItem", () => {
  it("drops keys that name prototypes, at every depth", () => {
    const item = JSON.parse('{"__proto__":{"a":1},"list":[{"constructor":1,"kept":true}],"deep":{"prototype":2}}');
    expect(cleanItem(item, { depth: 100 })).toEqual({
      ok: true,
      dropped: true,
      item: { list: [{ kept: true }], deep: {} },
    });
  });

  it("leaves a harmless item as it is", () => {
    expect(cleanItem({ a: [1, null, "x"] }, { depth: 2 })).toEqual({
      ok: true,
      dropped: false,
      item: { a: [1, null, "x"] },
    });
  });

  it("refuses what is nested too deep", () => {
    expect(cleanItem({ a: [1, { b: 1 }] }, { depth: 2 })).toEqual({ ok: false, reason: "too-deep" });
  });

  it.each([[null], [[1]], ["text"], [1]])("refuses %j, which is no object", (value) => {
    expect(cleanItem(value, { depth: 100 })).toEqual({ ok: false, reason: "not-an-object" });
  });
});
