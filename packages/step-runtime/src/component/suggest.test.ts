import { describe, expect, it } from "vitest";
import { createSuggest } from "./suggest.ts";

describe("createSuggest", () => {
  it("finds the closest known name, whatever its case", () => {
    const suggest = createSuggest();
    expect(suggest("confrim-code", ["confirm-code", "confirm-mode"])).toBe("confirm-code");
    expect(suggest("mian", ["page", "main"])).toBe("main");
    expect(suggest("username", ["userName"])).toBe("userName");
  });

  it("suggests nothing when no name is close", () => {
    const suggest = createSuggest();
    expect(suggest("write", ["get-user-info", "x"])).toBeNull();
    expect(suggest("a", ["b"])).toBeNull();
    expect(suggest("", ["b"])).toBeNull();
    expect(suggest("x".repeat(1000), ["x".repeat(999)])).toBeNull();
  });

  it("stops guessing when its budget is used up", () => {
    const suggest = createSuggest(1);
    expect(suggest("mian", ["main"])).toBe("main");
    expect(suggest("mian", ["main"])).toBeNull();
  });
});
