import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Step } from "../component/component-schema.ts";
import type { JsonObject } from "../component/json.ts";
import { readableSecretKind } from "../step/readable-secret-kind.ts";
import { readSecret, Secret } from "../step/secret.ts";
import { createPlainScriptRunner } from "../testing/plain-script-runner.ts";
import { componentOfSteps, runOnce, type RunOnceOptions } from "../testing/run-once.ts";
import { builtInSteps } from "./index.ts";
import { scriptChanges, type ScriptRun, toScriptItem } from "./script-item.ts";

const start: Step = { id: "start", type: "get-action-model", name: "Start" };
/** Runs one step between a start and a response of the given value. */
const runStep = (
  step: Omit<Step, "id" | "name">,
  value: unknown,
  options: RunOnceOptions = {},
  definitions: JsonObject[] = [],
) =>
  runOnce(
    componentOfSteps(
      [
        start,
        { id: "step", name: "Step", sources: ["start"], ...step } as Step,
        { id: "reply", type: "write-response", name: "Reply", sources: ["step"], settings: { value } },
      ],
      { definitions: definitions as never },
    ),
    options,
  );

describe("the list of built-in steps", () => {
  it("has every step file", () => {
    const support = [
      "index.ts",
      "quote-setting.ts",
      "code-purpose.ts",
      "compare-values.ts",
      "script-item.ts",
      "typed-variable.ts",
    ];
    const files = readdirSync(import.meta.dirname).filter(
      (file) => !file.endsWith(".test.ts") && !support.includes(file),
    );
    expect(builtInSteps.map(({ type }) => `${type}.ts`).toSorted()).toEqual(files.toSorted());
  });

  it("speaks English and French everywhere", () => {
    for (const { type, title, help } of builtInSteps) {
      for (const text of [title, help]) expect(Object.keys(text), type).toEqual(["en", "fr"]);
    }
  });
});

describe("get-user-info", () => {
  it("stores the user's data, by name or by ID", async () => {
    for (const userName of ["demo", "user-demo"]) {
      const { result } = await runStep({ type: "get-user-info", settings: { userName } }, { $path: "_user" });
      expect(result.response).toEqual({
        id: "user-demo",
        userName: "demo",
        email: "demo@example.test",
        firstName: "Dana",
        lastName: "Moreau",
        locale: "en",
      });
    }
  });

  it("stores null for an unknown user, in the field that was asked for", async () => {
    const settings = { userName: "nobody", resultStoreField: "customer" };
    const { result } = await runStep(
      { type: "get-user-info", settings },
      { found: { $path: "customer" }, name: { $path: "customer.userName" } },
    );
    expect(result.response).toEqual({ found: null, name: null });
  });
});

describe("set-definitions", () => {
  const definitions = [{ name: "Count", type: "integer" }];

  it("sets a definition", async () => {
    const { result } = await runStep(
      { type: "set-definitions", settings: { values: { Count: 3 } } },
      { $path: "data" },
      {},
      definitions,
    );
    expect(result).toMatchObject({ response: { Count: 3 }, definitions: { Count: 3 } });
  });

  it("fails for a value of the wrong type", async () => {
    const { result } = await runStep(
      { type: "set-definitions", settings: { values: { Count: "three" } } },
      null,
      {},
      definitions,
    );
    expect(result.error).toMatchObject({ code: "wrong-type", message: expect.stringContaining('"Count"') });
  });
});

describe("transform-model", () => {
  it("keeps data and what is mapped, nothing else", async () => {
    const settings = { mapping: { "customer.name": { $path: "data.Name" }, fixed: 1 } };
    const value = { customer: { $path: "customer" }, fixed: { $path: "fixed" }, data: { $path: "data.Name" } };
    const { result } = await runStep({ type: "transform-model", settings }, value, { input: { Name: "Dana" } }, [
      { name: "Name", type: "string" },
    ]);
    expect(result.response).toEqual({ customer: { name: "Dana" }, fixed: 1, data: "Dana" });
  });
});

describe("filter-source", () => {
  it.each([
    ["equal", 5, true],
    ["equal", "5", false],
    ["not-equal", 6, true],
    ["greater", 4, true],
    ["greater", "4", false],
    ["less", 6, true],
    ["is-null", null, false],
    ["not-null", null, true],
  ])("compares 5 with %s %j: %s", async (operator, value, matches) => {
    const component = componentOfSteps(
      [
        start,
        {
          id: "filter",
          type: "filter-source",
          name: "Filter",
          sources: ["start"],
          settings: { field: "data.Count", operator, value },
        },
        { id: "yes", type: "write-response", name: "Yes", sources: ["filter.matched"], settings: { value: true } },
        { id: "no", type: "write-response", name: "No", sources: ["filter.not-matched"], settings: { value: false } },
      ],
      { definitions: [{ name: "Count", type: "integer" }] },
    );
    expect((await runOnce(component, { input: { Count: 5 } })).result.response).toBe(matches);
  });
});

describe("execute-script", () => {
  const step = { type: "execute-script", settings: { language: "javascript", code: "…" } };

  it("merges what the script adds and changes, and drops what it removes", async () => {
    const scriptRunner = createPlainScriptRunner((item) => {
      item["added"] = { deep: true };
      (item["data"] as Record<string, unknown>)["Name"] = "changed";
    });
    const value = { added: { $path: "added" }, name: { $path: "data.Name" }, other: { $path: "data.Other" } };
    const definitions = [
      { name: "Name", type: "string" },
      { name: "Other", type: "string" },
    ];
    const { result } = await runStep(
      step,
      value,
      { scriptRunner, input: { Name: "before", Other: "kept" } },
      definitions,
    );
    expect(result.response).toEqual({ added: { deep: true }, name: "changed", other: "kept" });
  });

  it("checks typed variables and stores them without their type", async () => {
    const good = createPlainScriptRunner((item) => {
      item["_ok@boolean"] = true;
    });
    expect((await runStep(step, { $path: "_ok" }, { scriptRunner: good })).result.response).toBe(true);
    const bad = createPlainScriptRunner((item) => {
      item["_ok@boolean"] = "yes";
    });
    expect((await runStep(step, null, { scriptRunner: bad })).result.error).toMatchObject({ code: "wrong-type" });
  });

  it("fails the run with the script's own line", async () => {
    const scriptRunner = createPlainScriptRunner(() => {
      throw new Error("no such thing");
    });
    const { result, events } = await runStep(step, null, { scriptRunner });
    expect(result.error).toMatchObject({
      code: "script-script-error",
      line: 1,
      column: 1,
      message: expect.stringContaining("no such thing"),
    });
    expect(events.some(({ type }) => type === "step-failed")).toBe(true);
  });

  it("masks console and errors of a script that could read a secret", async () => {
    const scriptRunner = createPlainScriptRunner((item) => {
      throw new Error((item["data"] as { Pin: string }).Pin);
    });
    const { result, events } = await runStep(step, null, { scriptRunner, input: { Pin: "4711" } }, [
      { name: "Pin", type: "string", secret: true },
    ]);
    expect(JSON.stringify([result, events])).not.toContain("4711");
    expect(result.error?.message).toContain("Its own words are masked");
  });
});

describe("scriptChanges", () => {
  const model = {
    code: new Secret("issued", "482913"),
    typed: new Secret("entered", "4711"),
    open: 1,
    data: { A: 1 },
  };
  const change = (before: JsonObject, after: JsonObject, more: Partial<ScriptRun> = {}) =>
    scriptChanges({ before, after, kind: null, code: "", definitions: ["A", "B"], ...more });

  it("hands readable secrets over as text, others as the mask", () => {
    expect(toScriptItem({ ...model, sealed: new Secret("issued", null) })).toEqual({
      code: "482913",
      typed: "4711",
      open: 1,
      data: { A: 1 },
      sealed: "••••••",
    });
  });

  it("makes every changed variable a secret as a whole, issued before entered", () => {
    const item = toScriptItem(model);
    const after = { ...item, copy: ["48", "29"], open: 2 };
    const { data, drop } = change(item, after, { kind: readableSecretKind(model), code: "item.copy = …" });
    expect(Object.keys(data)).toEqual(["open", "copy"]);
    expect(data["copy"]).toBeInstanceOf(Secret);
    expect((data["copy"] as Secret).kind).toBe("issued");
    expect(readSecret(data["copy"] as Secret)).toEqual(["48", "29"]);
    expect(drop).toEqual([]);
  });

  it("keeps untouched secrets as they are and makes no secret without one", () => {
    const plain = { open: 1 };
    expect(change(plain, { open: 1, more: 2 })).toEqual({ data: { more: 2 }, drop: [] });
    expect(change(plain, {})).toEqual({ data: {}, drop: ["open"] });
  });

  it.each<[string, JsonObject]>([
    ["a variable", { "482913": 1 }],
    ["a typed variable", { "x@482913": 1 }],
    ["a definition", { data: { A: 1, "482913": 1 } }],
  ])("lets no secret become the name of %s, and does not repeat it", (_, added) => {
    const item = toScriptItem(model);
    const run = () => change(item, { ...item, ...added }, { kind: "issued", code: "item[item.code] = 1" });
    expect(run).toThrow("Write names as fixed texts");
    expect(run).not.toThrow("482913");
  });

  it("sets declared definitions only, and keeps data an object", () => {
    expect(change({ data: { A: 1 } }, { data: { A: 1, B: 2 } }).data).toEqual({ data: { B: 2 } });
    expect(() => change({ data: {} }, { data: { C: 1 } })).toThrow("variable \"C\" under item['data']");
    expect(() => change({ data: {} }, { data: "text" })).toThrow("not an object");
  });

  it("refuses a typed variable whose plain name could reach into the program", () => {
    expect(() => change({}, { "__proto__@catalog": {} })).toThrow("not allowed");
  });
});

describe("write-response", () => {
  it("answers with the declared definitions, what people typed masked", async () => {
    const component = componentOfSteps(
      [start, { id: "reply", type: "write-response", name: "Reply", sources: ["start"] }],
      {
        definitions: [
          { name: "Pin", type: "string", secret: true },
          { name: "Name", type: "string" },
        ],
      },
    );
    const { result } = await runOnce(component, { input: { Pin: "4711", Name: "Dana" } });
    expect(result).toMatchObject({ response: { Pin: "••••••", Name: "Dana" }, responseStatus: 200 });
  });
});
