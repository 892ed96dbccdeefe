import { describe, expect, it } from "vitest";
import { parseSource, printSource } from "./source-reference.ts";

describe("parseSource", () => {
  it("reads a step, or a step and its outcome", () => {
    expect(parseSource("confirm")).toEqual({ stepId: "confirm", outcome: null });
    expect(parseSource("confirm.rejected")).toEqual({ stepId: "confirm", outcome: "rejected" });
  });

  it("refuses what is neither", () => {
    for (const text of ["", ".", "step.", ".ok", "a.b.c", "a b"]) expect(parseSource(text)).toBeNull();
  });

  it("is undone by printSource", () => {
    for (const text of ["confirm", "confirm.rejected"]) {
      const source = parseSource(text);
      expect(source && printSource(source)).toBe(text);
    }
  });
});
