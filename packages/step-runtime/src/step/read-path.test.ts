import { describe, expect, it } from "vitest";
import { readPath } from "./read-path.ts";
import { Secret } from "./secret.ts";

describe("readPath", () => {
  const model = { data: { name: "Dana", list: [10, 20] }, none: null, secret: new Secret("entered", "x"), text: "abc" };

  it.each([
    [["data", "name"], "Dana"],
    [["data", "list", "1"], 20],
    [["data", "list", "9"], null],
    [["data", "list", "length"], null],
    [["none", "deeper"], null],
    [["missing", "deeper"], null],
    [["text", "length"], null],
    [["secret", "kind"], null],
    [["constructor"], null],
    [["data", "__proto__"], null],
    [["data", "toString"], null],
  ])("reads %j as %j", (keys, expected) => {
    expect(readPath(model, keys)).toBe(expected);
  });
});
