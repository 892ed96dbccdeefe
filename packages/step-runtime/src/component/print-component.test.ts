import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildComponent, buildDataflow } from "../testing/component-builder.ts";
import type { Component } from "./component-schema.ts";
import { parseComponent } from "./parse-component.ts";
import { printComponent } from "./print-component.ts";

const fixtures = new URL("../testing/fixtures/", import.meta.url);
const readFixture = (name: string) => readFileSync(new URL(`${name}.component.json`, fixtures), "utf8");

function parsed(text: string): Component {
  const { component, issues } = parseComponent(text);
  expect(issues).toEqual([]);
  if (!component) throw new Error("The component has no issues, yet it is null.");
  return component;
}

const forbidden = new Set(["__proto__", "constructor", "prototype"]);
const key = fc.string().filter((name) => !forbidden.has(name) && !/^(?:0|[1-9]\d*)$/.test(name));
const { value: jsonValue } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.constant(null),
    fc.boolean(),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.string({ unit: "binary" }),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(key, tie("value"), { maxKeys: 4, noNullPrototype: true }),
  ),
}));
const text = fc.oneof(fc.string(), fc.dictionary(key, fc.string(), { maxKeys: 3, noNullPrototype: true }));
const step = fc.record({
  id: fc.constantFrom("a", "b", "c"),
  type: fc.string({ minLength: 1 }),
  name: text,
  settings: fc.dictionary(key, jsonValue, { maxKeys: 3, noNullPrototype: true }),
  later: jsonValue,
});
const component = fc
  .record({
    steps: fc.array(step, { maxLength: 4 }),
    name: text,
    extra: jsonValue,
    layout: fc.dictionary(key, jsonValue, { noNullPrototype: true }),
  })
  .map(({ steps, extra, ...rest }) => buildComponent({ dataflows: [buildDataflow(steps)], ...rest, laterKey: extra }));

describe("printComponent", () => {
  it("is undone by parseComponent", () => {
    fc.assert(
      fc.property(component, (c) => {
        expect(parsed(printComponent(c))).toEqual(c);
      }),
    );
  });

  it("prints the same text again after reading it back", () => {
    fc.assert(
      fc.property(component, (c) => {
        const printed = printComponent(c);
        expect(printComponent(parsed(printed))).toBe(printed);
      }),
    );
  });

  it.each(["for-test-code", "unknown-types-and-keys"])("keeps %s.component.json as it is", (name) => {
    expect(printComponent(parsed(readFixture(name)))).toBe(readFixture(name));
  });

  it("keeps unknown types, keys and values", () => {
    const source = readFixture("unknown-types-and-keys");
    expect(parsed(source)).toEqual(parsed(printComponent(parsed(source))));
    expect(JSON.parse(printComponent(parsed(source)))).toEqual(JSON.parse(source));
  });

  it("orders known keys and leaves unknown ones after them as they came", () => {
    const { format, formatVersion, id, name, ...rest } = buildComponent();
    const printed = printComponent({ zebra: 1, apple: 2, name, ...rest, id, formatVersion, format });
    const keys = Object.keys(JSON.parse(printed) as object);
    expect(keys).toEqual([
      "format",
      "formatVersion",
      "id",
      "name",
      "definitions",
      "page",
      "modals",
      "templates",
      "dataflows",
      "zebra",
      "apple",
    ]);
  });

  it("keeps the text of numbers through a copy and a move to another stage", () => {
    const component = parsed(readFixture("unknown-types-and-keys"));
    const [flow] = component.dataflows;
    const [first] = flow?.stages ?? [];
    if (!flow || !first) throw new Error("The fixture has a dataflow with a stage.");
    const [model, ...others] = first.steps;
    if (!model) throw new Error("The fixture has a step.");
    const stages = [
      { ...first, steps: others },
      { id: "second", name: "Second", steps: [model] },
    ];
    const printed = printComponent({ ...component, dataflows: [{ ...flow, stages }] });
    for (const number of ["2.50", "1E2", "-0.0", "0.10", "12345678901234567890"]) expect(printed).toContain(number);
  });

  it("prints a number that was changed as it is now", () => {
    const component = parsed(readFixture("unknown-types-and-keys"));
    const [definition] = component.definitions;
    if (!definition) throw new Error("The fixture has a definition.");
    const printed = printComponent({ ...component, definitions: [{ ...definition, smallest: 0.25 }] });
    expect(printed).toContain('"smallest": 0.25');
  });

  it("breaks an array of plain values only when it does not fit into 100 columns", () => {
    const sources = ["a".repeat(30), "b".repeat(30)];
    const short = printComponent(buildComponent({ list: sources }));
    expect(short).toContain(`"list": ["${sources.join('", "')}"]`);
    expect(printComponent(buildComponent({ list: [...sources, "c".repeat(30)] }))).toContain('"list": [\n    "aaa');
  });
});
