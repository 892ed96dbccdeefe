import { readdirSync, readFileSync } from "node:fs";
import * as z from "zod";
import { describe, expect, it } from "vitest";
import { defineStep } from "../step/define-step.ts";
import { definitionValues } from "../step/settings/values.ts";
import { modelPath } from "../step/settings/model-path.ts";
import { text } from "../step/settings/text.ts";
import { createStepRegistry } from "../step/step-registry.ts";
import { builtInSteps } from "../steps/index.ts";
import { buildComponent, buildDataflow, type StepSketch } from "../testing/component-builder.ts";
import type { Component } from "./component-schema.ts";
import { parseComponent } from "./parse-component.ts";
import { validateComponent } from "./validate-component.ts";

const plain = { group: "output", title: "Test", help: "For tests.", icon: "" } as const;
const ask = defineStep({
  ...plain,
  type: "ask",
  needsResponse: true,
  settings: z.object({}),
  outcomes: { answered: { title: "answered", waits: true }, dismissed: { title: "dismissed" } },
  run: ({ exit }) => exit("answered"),
});
const lookUp = defineStep({
  ...plain,
  type: "look-up",
  settings: z.object({
    key: modelPath({ title: "Key" }),
    note: text({ title: "Note" }),
    values: definitionValues({ title: "Values" }).optional(),
  }),
  outcomes: { found: { title: "found" }, missing: { title: "missing" } },
  changes: () => ({
    adds: [
      { path: "customer", type: "object" },
      { path: "customer.name", type: "text" },
    ],
  }),
  check: (settings) => {
    if (settings["note"] === "throw") throw new Error("boom");
    return settings["note"] === "bad"
      ? [{ setting: "note", severity: "warning", code: "bad-note", message: "has a bad note. Write another." }]
      : [];
  },
  run: ({ exit }) => exit("found"),
});
const registry = createStepRegistry([...builtInSteps, ask, lookUp]);

const model = { id: "model", type: "get-action-model" };
const set = (id: string, ...sources: string[]): StepSketch => ({
  id,
  type: "set-definitions",
  sources,
  settings: { values: {} },
});
const reply = (...sources: string[]): StepSketch => ({ id: "reply", type: "write-response", sources });
const issuesOf = (steps: readonly StepSketch[], parts: Partial<Component> = {}) =>
  validateComponent(buildComponent({ ...parts, dataflows: [buildDataflow(steps)] }), registry);
const codesOf = (steps: readonly StepSketch[], parts: Partial<Component> = {}) =>
  issuesOf(steps, parts).map(({ code }) => code);

const broken = new URL("../testing/fixtures/broken/", import.meta.url);
const codeByFile: Readonly<Record<string, string>> = {
  "called-dataflow-asks": "called-dataflow-asks",
  "calls-in-a-circle": "recursive-dataflow",
  "calls-itself": "recursive-dataflow",
  comment: "comment-in-json",
  cyclic: "cycle-without-wait",
  "dangling-outcome": "dangling-outcome",
  "dangling-source": "dangling-source",
  "duplicate-definition": "duplicate-definition",
  "duplicate-key": "duplicate-key",
  "duplicate-step-id": "duplicate-step-id",
  empty: "empty-file",
  "input-with-sources": "input-with-sources",
  "invalid-id": "invalid-id",
  "join-on-loop": "join-on-loop",
  "lifetime-out-of-range": "setting-out-of-range",
  "malformed-path": "invalid-path",
  "malformed-template": "invalid-template",
  "merge-without-join": "merge-needs-join",
  "missing-comma": "invalid-json",
  "missing-key": "missing-key",
  "missing-setting": "missing-setting",
  "missing-sources": "missing-sources",
  "modal-without-response": "needs-response",
  "no-input": "no-input-step",
  "no-response": "no-response",
  "not-a-component": "not-a-component",
  "proof-without-confirmation": "proof-without-confirmation",
  "prototype-key": "prototype-key",
  "setting-must-be-literal": "setting-must-be-literal",
  "too-deep": "too-deep",
  "trailing-comma": "trailing-comma",
  "unknown-dataflow": "unknown-dataflow",
  "unknown-definition": "unknown-definition",
  "unknown-expression": "unknown-expression",
  "unknown-modal": "unknown-modal",
  "unknown-path": "unknown-path",
  "unknown-type": "unknown-step-type",
  unreachable: "unreachable-step",
  "unsupported-version": "unsupported-format-version",
  "utf-16": "wrong-encoding",
  "wrong-setting": "invalid-setting",
};

const warningByFile: Readonly<Record<string, string>> = { "user-name-lost": "user-name-lost" };

describe("the broken fixtures", () => {
  const builtIn = createStepRegistry(builtInSteps);

  it.each(Object.entries(codeByFile))("%s.component.json has the error %s, with its place", (file, code) => {
    const { component, issues, locate } = parseComponent(readFileSync(new URL(`${file}.component.json`, broken)));
    const all = component ? validateComponent(component, builtIn, { locate }) : issues;
    const issue = all.find((candidate) => candidate.code === code && candidate.severity === "error");
    expect(issue).toMatchObject({ line: expect.any(Number) as number, column: expect.any(Number) as number });
    expect(issue?.message).toMatch(/[.?]$/);
  });

  it.each(Object.entries(warningByFile))("%s.component.json has the warning %s and nothing else", (file, code) => {
    const { component, locate } = parseComponent(readFileSync(new URL(`${file}.component.json`, broken)));
    const issues = component ? validateComponent(component, builtIn, { locate }) : [];
    expect(issues).toMatchObject([{ code, severity: "warning", line: expect.any(Number) as number }]);
  });

  it("are all in the list", () => {
    const files = readdirSync(broken).map((name) => name.replace(".component.json", ""));
    expect(files.toSorted()).toEqual(Object.keys({ ...codeByFile, ...warningByFile }).toSorted());
  });
});

describe("validateComponent", () => {
  it("finds nothing wrong with ForTestCode", () => {
    const file = readFileSync(new URL("../for-test-code.component.json", broken));
    const { component } = parseComponent(file);
    expect(component && validateComponent(component, createStepRegistry(builtInSteps))).toEqual([]);
  });

  it("places an issue by pointer, dataflow, step, line and column", () => {
    const { component, locate } = parseComponent(readFileSync(new URL("dangling-source.component.json", broken)));
    const issues = component ? validateComponent(component, registry, { locate }) : [];
    expect(issues.find(({ code }) => code === "dangling-source")).toEqual({
      severity: "error",
      code: "dangling-source",
      message: 'Step "store" follows step "modle", which does not exist. Did you mean "model"?',
      pointer: "/dataflows/0/stages/0/steps/1/sources/0",
      line: 30,
      column: 27,
      dataflowId: "main",
      stepId: "store",
      fixes: ['Replace "modle" by "model".'],
    });
  });

  it("reports in document order, the dataflow before its steps", () => {
    const issues = issuesOf([
      set("late", "soon"),
      { ...model, sources: [] },
      { id: "soon", type: "of-tomorrow", sources: ["ghost"] },
    ]);
    expect(issues.map(({ code, stepId }) => [stepId, code])).toEqual([
      [undefined, "no-response"],
      ["late", "outcome-without-response"],
      ["model", "outcome-without-response"],
      ["soon", "unknown-step-type"],
      ["soon", "dangling-source"],
    ]);
  });

  it("names every outcome that nothing follows, but for those that fail the run", () => {
    const issues = issuesOf([model, { id: "look", type: "look-up", settings: { key: "data" } }, reply("look.found")]);
    expect(issues).toMatchObject([{ severity: "warning", code: "outcome-without-response", stepId: "look" }]);
    expect(issues[0]?.message).toContain('"missing"');
  });

  it("wants a response behind a step that needs one", () => {
    expect(
      codesOf([model, { id: "ask", type: "ask", sources: ["model"] }, reply("ask.answered", "ask.dismissed")]),
    ).toEqual([]);
    expect(codesOf([model, { id: "ask", type: "ask", sources: ["model"] }])).toContain("needs-response");
  });

  it("keeps the response of a step of unknown type possible", () => {
    expect(codesOf([model, { id: "new", type: "of-tomorrow" }])).toEqual(["unknown-step-type"]);
  });

  describe("settings", () => {
    const look = (settings: Readonly<Record<string, unknown>>) => [
      model,
      { id: "look", type: "look-up", settings: { key: "data", ...settings } },
      reply("look", "look.missing"),
    ];

    it("say which values are allowed", () => {
      const issues = issuesOf([
        model,
        { id: "code", type: "get-one-time-code", settings: { userName: "demo", codeLifetimeSeconds: 5 } },
        reply("code"),
      ]);
      expect(issues.map(({ message }) => message)).toEqual([
        'Setting "codeLifetimeSeconds" of step "code" is 5, expected a whole number from 60 to 600 seconds. Set it to a value in that range.',
      ]);
    });

    it.each([
      [59, false],
      [60, true],
      [600, true],
      [601, false],
      [0, false],
      [-1, false],
      [60.5, false],
      [1e9, false],
      [null, false],
      ["5m", false],
      ["300", false],
    ])("take a lifetime of 60 to 600 whole seconds, and no other: %j, %s", (codeLifetimeSeconds, sound) => {
      const step = { id: "code", type: "get-one-time-code", settings: { userName: "demo", codeLifetimeSeconds } };
      const errors = issuesOf([model, step, reply("code")]).filter(({ severity }) => severity === "error");
      expect(errors.map(({ pointer }) => pointer)).toEqual(
        sound ? [] : ["/dataflows/0/stages/0/steps/1/settings/codeLifetimeSeconds"],
      );
    });

    it("warn about an unknown one and suggest its name", () => {
      expect(issuesOf(look({ nott: "a" }))).toMatchObject([
        { severity: "warning", code: "unknown-setting", fixes: ['Replace "nott" by "note".'] },
      ]);
    });

    it("take a path or template in place of a value, and check it", () => {
      expect(codesOf(look({ note: { $template: "Hello {{ data.name }}{% if data %}!{% endif %}" } }))).toEqual([]);
      expect(codesOf(look({ note: { $path: "data" } }))).toEqual([]);
      expect(codesOf(look({ note: { $path: 5 } }))).toEqual(["invalid-path"]);
      expect(codesOf(look({ note: { $path: "data", more: 1 } }))).toEqual(["unknown-expression"]);
      expect(codesOf(look({ note: { $template: 5 } }))).toEqual(["invalid-template"]);
      expect(codesOf(look({ note: { $template: "{% if %}" } }))).toEqual(["invalid-template"]);
    });

    it("take $value as a literal", () => {
      expect(codesOf(look({ note: { $value: "text" } }))).toEqual([]);
      expect(codesOf(look({ note: { $value: { $path: "nowhere" } } }))).toEqual(["invalid-setting"]);
    });

    it("are checked by the step type as well, even when the check stumbles", () => {
      expect(issuesOf(look({ note: "bad" }))).toMatchObject([
        { code: "bad-note", message: 'Step "look" has a bad note. Write another.' },
      ]);
      expect(codesOf(look({ note: "throw" }))).toEqual(["check-failed"]);
      expect(codesOf(look({ note: "throw", key: "" }))).toEqual(["missing-setting"]);
    });

    it("never print a text they refuse", () => {
      const issues = issuesOf(look({ key: "hunter2 [" }));
      expect(issues.map(({ code }) => code)).toEqual(["invalid-setting"]);
      expect(JSON.stringify(issues)).not.toContain("hunter2");
    });
  });

  describe("paths", () => {
    const read = (path: string, ...before: StepSketch[]) =>
      codesOf(
        [
          model,
          ...before,
          { id: "end", type: "set-definitions", settings: { values: { Name: { $path: path } } } },
          reply("end"),
        ],
        {
          definitions: [{ name: "Name", type: "string" }],
        },
      ).filter((code) => code === "unknown-path");
    const user: StepSketch = { id: "user", type: "get-user-info", settings: { fromRequest: true } };

    it("may be what an earlier step provides", () => {
      expect(read("data.Name")).toEqual([]);
      expect(read("_user.userName", user)).toEqual([]);
      expect(read("_user", user)).toEqual([]);
    });

    it("must be provided by a step that comes before", () => {
      expect(read("_user.userName")).toEqual(["unknown-path"]);
      expect(read("_user.nickname", user)).toEqual(["unknown-path"]);
    });

    it("may be anything behind a script or a step of unknown type", () => {
      expect(read("anything", { id: "script", type: "execute-script", settings: { code: "" } })).toEqual([]);
      expect(read("anything", { id: "new", type: "of-tomorrow" })).toEqual([]);
    });

    it("do not outlive Transform model, but for data", () => {
      const transform: StepSketch = {
        id: "transform",
        type: "transform-model",
        settings: { mapping: { "customer.name": "Ann" } },
      };
      expect(read("_user.userName", user, transform)).toEqual(["unknown-path"]);
      expect(read("data.Name", user, transform)).toEqual([]);
      expect(read("customer.name", user, transform)).toEqual([]);
    });

    it("are looked for along every way, around loops too", () => {
      const flow = (path: string) =>
        codesOf([
          model,
          { id: "look", type: "look-up", sources: ["model", "ask"], settings: { key: path } },
          { id: "ask", type: "ask", sources: ["look", "look.missing"] },
          reply("ask.dismissed"),
        ]);
      expect(flow("customer.name")).toEqual([]);
      expect(flow("customer.age")).toEqual(["unknown-path"]);
    });

    it("are looked for in templates, but not their own variables", () => {
      const template = (text: string) =>
        codesOf([
          model,
          { id: "look", type: "look-up", settings: { key: "data", note: { $template: text } } },
          reply("look", "look.missing"),
        ]);
      expect(template("{{ nobody.name }}")).toEqual(["unknown-path"]);
      expect(
        template("{% assign x = data.a %}{{ x }}{% for y in data.list %}{{ y.name }}{% endfor %}{{ data.list.size }}"),
      ).toEqual([]);
    });
  });

  describe("loops", () => {
    it("must wait for a person", () => {
      expect(
        codesOf([model, set("a", "model", "b"), { id: "b", type: "ask", sources: ["a"] }, reply("b.dismissed")]),
      ).toEqual([]);
      const issues = issuesOf([
        model,
        set("a", "model", "b.dismissed"),
        { id: "b", type: "ask", sources: ["a"] },
        reply("b"),
      ]);
      expect(issues).toMatchObject([{ code: "cycle-without-wait", stepId: "a" }]);
      expect(issues[0]?.message).toBe(
        'The steps "a" → "b" → "a" run in a loop that never waits. Let it wait for a person in a step of type "show-modal" or "ask", or remove a connection.',
      );
    });

    it("may not hold a join", () => {
      const steps = [
        model,
        { id: "join", type: "join-models", sources: ["model", "ask"] },
        { id: "ask", type: "ask", sources: ["join"] },
        reply("ask.dismissed"),
      ];
      expect(codesOf(steps)).toEqual(["join-on-loop"]);
    });
  });

  describe("ids", () => {
    it("are unique for stages, dataflows, modals, templates and definitions", () => {
      const component = buildComponent();
      const [flow] = component.dataflows;
      const [stage] = flow?.stages ?? [];
      if (!flow || !stage) throw new Error("The built component has a stage.");
      const modal = { id: "m", title: "M", controls: [] };
      const twice = buildComponent({
        dataflows: [{ ...flow, stages: [stage, { ...stage, steps: [] }] }, flow],
        modals: [modal, modal],
        templates: [{ id: "t" }, { id: "t" }],
        definitions: [
          { name: "D", type: "string" },
          { name: "D", type: "string" },
        ],
      });
      expect(validateComponent(twice, registry).map(({ code, pointer }) => [code, pointer])).toEqual([
        ["duplicate-definition", "/definitions/1/name"],
        ["duplicate-modal-id", "/modals/1/id"],
        ["duplicate-template-id", "/templates/1/id"],
        ["duplicate-dataflow-id", "/dataflows/1/id"],
        ["duplicate-stage-id", "/dataflows/0/stages/1/id"],
      ]);
    });
  });

  describe("controls", () => {
    it("refer to definitions and dataflows of the component", () => {
      const controls = [
        { type: "text-field", definition: "Ghost" },
        { type: "button", dataflow: "ghost" },
        { type: "slider" },
        { type: "button", action: "explode" },
      ];
      const component = buildComponent({ page: { controls }, modals: [{ id: "m", title: "M", controls }] });
      const found = validateComponent(component, registry).map(({ code, severity }) => `${severity} ${code}`);
      const each = [
        "error unknown-definition",
        "error unknown-dataflow",
        "warning unknown-control-type",
        "warning unknown-action",
      ];
      expect(found).toEqual([...each, ...each]);
    });

    it("leave a definition of an unknown type as it is", () => {
      const component = buildComponent({ definitions: [{ name: "Amount", type: "money" }] });
      expect(validateComponent(component, registry)).toMatchObject([
        { severity: "warning", code: "unknown-definition-type" },
      ]);
    });
  });

  describe("with 10,000 steps", () => {
    const size = 10_000;
    const many = (step: (index: number) => StepSketch) => [
      model,
      ...Array.from({ length: size }, (_, index) => step(index)),
    ];
    const before = (index: number, back = 0) => (index - back <= 0 ? "model" : `s-${index - back - 1}`);
    it.each<readonly [string, readonly StepSketch[]]>([
      ["a ring", many((index) => set(`s-${index}`, before(index), ...(index === 0 ? [`s-${size - 1}`] : [])))],
      ["forks with side paths", many((index) => set(`s-${index}`, before(index, index % 2)))],
      ["two ladders", many((index) => set(`s-${index}`, before(index, 1)))],
      [
        "loops everywhere",
        many((index) => set(`s-${index}`, before(index), ...(index % 2 && index + 3 < size ? [`s-${index + 3}`] : []))),
      ],
      [
        "joined diamonds",
        many((index) =>
          index % 3 === 2
            ? { id: `s-${index}`, type: "join-models", sources: [before(index), before(index, 1)] }
            : set(`s-${index}`, before(index, index % 3)),
        ),
      ],
      ["dangling sources", many((index) => set(`s-${index}`, `ghost-${index}`))],
      ["unknown types", many((index) => ({ id: `s-${index}`, type: `type-${index}` }))],
      [
        "users looked up",
        many((index) =>
          index % 2 === 0
            ? {
                id: `s-${index}`,
                type: "get-user-info",
                settings: { userName: { $path: "data.UserName" }, resultStoreField: `_user${index}` },
              }
            : {
                id: `s-${index}`,
                type: "get-one-time-code",
                settings: { userName: { $path: `_user${index - 1}.id` } },
              },
        ),
      ],
      ["unknown paths", many((index) => ({ id: `s-${index}`, type: "look-up", settings: { key: `k${index}` } }))],
    ])("comes to an end over %s", (_, steps) => {
      const issues = validateComponent(buildComponent({ dataflows: [buildDataflow(steps)] }), registry);
      expect(issues.every(({ message }) => message.length > 0)).toBe(true);
    });
  });
});
