import { describe, expect, it } from "vitest";
import { checkJsonText } from "./check-json-text.ts";

const nested = (depth: number) => "[".repeat(depth) + "]".repeat(depth);

describe("checkJsonText", () => {
  it("takes JSON, 64 deep and with brackets in strings", () => {
    checkJsonText(nested(64));
    checkJsonText(JSON.stringify({ text: `${"[".repeat(100)}\\"${"{".repeat(100)}` }));
  });

  it("refuses 65 deep, and a million deep without recursing", () => {
    expect(() => checkJsonText(nested(65))).toThrow(expect.objectContaining({ code: "too-deep" }));
    expect(() => checkJsonText("[".repeat(1_000_000))).toThrow(expect.objectContaining({ code: "too-deep" }));
  });

  it.each(['{"__proto__":{}}', '{"a":[{"constructor":1}]}', '{"a":{"prototype":1}}', '{"\\u005f_proto__":1}'])(
    "refuses the key in %s",
    (text) => {
      expect(() => checkJsonText(text)).toThrow(expect.objectContaining({ code: "forbidden-key" }));
    },
  );

  it.each(["", "{", "{'a':1}", "undefined"])("refuses %j without quoting it", (text) => {
    expect(() => checkJsonText(text)).toThrow(
      expect.objectContaining({ code: "malformed-body", message: "The body is not JSON." }),
    );
  });
});
