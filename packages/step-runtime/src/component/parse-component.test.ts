import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildComponent } from "../testing/component-builder.ts";
import { parseComponent } from "./parse-component.ts";
import { printComponent } from "./print-component.ts";

const good = printComponent(buildComponent());
const codesOf = (source: string | Uint8Array) => parseComponent(source).issues.map(({ code }) => code);
const utf8 = (text: string) => new TextEncoder().encode(text);

function utf16(text: string, isLittleEndian: boolean): Uint8Array {
  const bytes = new Uint8Array(text.length * 2);
  const view = new DataView(bytes.buffer);
  for (let index = 0; index < text.length; index++) view.setUint16(index * 2, text.charCodeAt(index), isLittleEndian);
  return bytes;
}

describe("parseComponent", () => {
  it("reads text and UTF-8 bytes, with or without a byte order mark", () => {
    for (const source of [good, `\uFEFF${good}`, utf8(good), utf8(`\uFEFF${good}`)]) {
      expect(parseComponent(source)).toMatchObject({ issues: [], component: { id: "built" } });
    }
  });

  it("fills in the parts that may be left out", () => {
    const { component } = parseComponent(
      '{"format":"onceflow/component","formatVersion":1,"id":"a","name":"A","dataflows":[]}',
    );
    expect(component).toMatchObject({ definitions: [], page: { controls: [] }, modals: [], templates: [] });
  });

  it("names an encoding that it cannot read", () => {
    for (const source of [
      utf16(`\uFEFF${good}`, true),
      utf16(`\uFEFF${good}`, false),
      utf16(good, true),
      utf16(good, false),
    ]) {
      expect(parseComponent(source).issues).toMatchObject([
        { code: "wrong-encoding", message: expect.stringContaining("UTF-16") as string },
      ]);
    }
    expect(codesOf(Uint8Array.of(0x7b, 0xc3, 0x28, 0x7d))).toEqual(["wrong-encoding"]);
  });

  it("says so when a file is empty or a single character", () => {
    for (const source of ["", " \n", "\uFEFF", "{", "1", new Uint8Array(0), Uint8Array.of(0x7b)])
      expect(codesOf(source)).toEqual(["empty-file"]);
  });

  it.each([
    ["null", "a JSON null"],
    ["[]", "a JSON array"],
    ["12", "a JSON number"],
    ['"text"', "a JSON text"],
    ["true", "a JSON boolean"],
    ["{}", 'a JSON object without "format"'],
    ['{"format":"other/thing"}', 'a JSON object with another "format"'],
  ])("says what %s is and what it expects", (source, found) => {
    const { component, issues } = parseComponent(source);
    expect(component).toBeNull();
    expect(issues).toMatchObject([
      { code: "not-a-component", message: `This is ${found}, expected an object with "format": "onceflow/component".` },
    ]);
  });

  it("names a format version that it does not know", () => {
    expect(codesOf(good.replace('"formatVersion": 1', '"formatVersion": 2'))).toEqual(["unsupported-format-version"]);
  });

  it.each([
    ["200,000 nested arrays", () => "[".repeat(200_000), "too-deep"],
    ["200,000 nested objects", () => '{"a":'.repeat(200_000), "too-deep"],
    ["9 MB of text", () => `${good}${" ".repeat(9_000_000)}`, "too-large"],
    ["9 MB of bytes", () => new Uint8Array(9_000_000), "too-large"],
    ["3 million three-byte characters", () => `"${"€".repeat(3_000_000)}"`, "too-large"],
    ["two million values", () => `[${"1,".repeat(2_000_000)}1]`, "too-large"],
  ])("refuses %s with one error", (_, source, code) => {
    expect(codesOf(source())).toEqual([code]);
  });

  it("reads 64 levels and refuses 65", () => {
    const nested = (depth: number) =>
      good.replace(
        '"templates": []',
        `"templates": [], "layout": { "a": ${"[".repeat(depth - 2)}${"]".repeat(depth - 2)} }`,
      );
    expect(codesOf(nested(64))).toEqual([]);
    expect(codesOf(nested(65))).toEqual(["too-deep"]);
  });

  it("refuses keys that reach into the program, and keeps them out of the value", () => {
    for (const key of ["__proto__", "constructor", "prototype"]) {
      const { issues } = parseComponent(
        good.replace('"controls": []', `"controls": [], "${key}": { "polluted": true }`),
      );
      expect(issues).toMatchObject([{ code: "prototype-key", pointer: `/page/${key}`, line: 8 }]);
    }
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it("refuses a key that stands twice", () => {
    expect(parseComponent(good.replace('"templates": []', '"templates": [], "templates": []')).issues).toMatchObject([
      { code: "duplicate-key", pointer: "/templates" },
    ]);
  });

  it("finds comments, trailing commas and schema errors at once, each with its place", () => {
    const text = `{
  // a comment
  "format": "onceflow/component",
  "formatVersion": 1,
  "id": "Not An Id",
  "name": 3,
  "dataflows": [{ "id": "a", "name": "A" }, 4,],
}`;
    expect(parseComponent(text).issues.map(({ code, pointer, line, column }) => [code, pointer, line, column])).toEqual(
      [
        ["comment-in-json", "", 2, 3],
        ["trailing-comma", "", 7, 46],
        ["trailing-comma", "", 7, 48],
        ["invalid-id", "/id", 5, 3],
        ["wrong-type", "/name", 6, 3],
        ["missing-key", "/dataflows/0/stages", 7, 17],
        ["wrong-type", "/dataflows/1", 7, 45],
      ],
    );
  });

  it("says in words what a schema error found and expects", () => {
    const { issues } = parseComponent(
      '{"format":"onceflow/component","formatVersion":1,"id":"a","name":3,"dataflows":{}}',
    );
    expect(issues.map(({ message }) => message)).toEqual([
      '"name" is a number, expected a text, or texts by language such as { "en": "…", "fr": "…" }.',
      '"dataflows" is an object, expected an array.',
    ]);
  });

  it("locates what is there, and the nearest thing around what is not", () => {
    const { locate } = parseComponent(good);
    expect(locate("/id")).toEqual({ line: 4, column: 3 });
    expect(locate("/dataflows/0/name")).toEqual(locate("/dataflows/0/name/en"));
    expect(locate("")).toEqual({ line: 1, column: 1 });
    expect(parseComponent("").locate("/id")).toBeNull();
  });

  it("accepts exactly what JSON.parse accepts", () => {
    const pieces = fc.constantFrom(
      "{",
      "}",
      "[",
      "]",
      ",",
      ":",
      '"',
      '"a"',
      "1",
      "-",
      "01",
      "1.",
      "1e3",
      "true",
      "nul",
      "null",
      " ",
      "\\",
      "\\u12",
      "\n",
      "\t",
      "\u00a0",
      "\f",
      "'",
      "\u2028",
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
        // In a key of a component, so that only the syntax decides.
        const text = good.replace('"templates": []', () => `"templates": [], "later": ${parts.join("")}`);
        let isJson = true;
        try {
          JSON.parse(text);
        } catch {
          isJson = false;
        }
        const codes = codesOf(text).filter((code) => code !== "duplicate-key");
        expect(codes.length === 0).toBe(isJson);
      }),
      { numRuns: 2000 },
    );
  });

  it("never throws, whatever the bytes", () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => parseComponent(bytes).component === null));
  });

  it("never throws on a component cut off anywhere", () => {
    for (let end = 0; end < good.trimEnd().length; end++) {
      const { component, issues } = parseComponent(good.slice(0, end));
      expect(component).toBeNull();
      expect(issues.length).toBeGreaterThan(0);
    }
  });

  it("refuses keys of more than 1,000 characters", () => {
    const { issues } = parseComponent(`{"${"k".repeat(1001)}": 1}`);
    expect(issues).toMatchObject([{ code: "too-large", line: 1, column: 2 }]);
  });

  it("reads many odd numbers deep inside long keys without copying their path for each", () => {
    const key = "k".repeat(990);
    const deep =
      `{"${key}":`.repeat(50) + `[${Array.from({ length: 20_000 }, () => "1.0").join(",")}]` + "}".repeat(50);
    const { component } = parseComponent(
      `{"format":"onceflow/component","formatVersion":1,"id":"odd","name":"Odd","dataflows":[],"layout":${deep}}`,
    );
    expect(component && printComponent(component)).toContain("1.0,");
  });
});
