import * as z from "zod";
import { describe, expect, it } from "vitest";
import { defineStep } from "../step/define-step.ts";
import { StepFailure } from "../step/step-failure.ts";
import { componentOfSteps, runOnce } from "../testing/run-once.ts";

/** Leaves by the outcome that its setting names, and notes that it ran. */
const branch = defineStep({
  type: "branch",
  group: "model-transformation",
  title: "Branch",
  help: "For tests.",
  icon: "",
  settings: z.object({ to: z.enum(["left", "right"]).default("left"), again: z.number().optional() }),
  outcomes: { left: { title: "left" }, right: { title: "right", waits: true } },
  changes: () => ({ adds: [{ path: "trail", type: "text" }] }),
  run: ({ settings, activation, read, exit }) =>
    exit(settings.again === undefined ? settings.to : activation < settings.again ? "right" : "left", {
      trail: [read("trail"), settings.to[0] ?? ""].filter((part) => typeof part === "string").join(""),
    }),
});
const crash = defineStep({
  type: "crash",
  group: "model-transformation",
  title: "Crash",
  help: "For tests.",
  icon: "",
  settings: z.object({ expected: z.boolean().default(false) }),
  outcomes: { ok: { title: "ok" } },
  changes: () => ({ adds: [], open: true }),
  run({ settings }) {
    if (settings.expected) throw new StepFailure("no-luck", "It did not work for demo@example.test.");
    throw new TypeError("boom");
  },
});
const steps = [branch, crash];
const start = { id: "start", type: "get-action-model", name: "Start" };
const reply = {
  id: "reply",
  type: "write-response",
  name: "Reply",
  settings: { value: { trail: { $path: "trail" } } },
};

describe("runDataflow", () => {
  it("runs steps in order of arrival and followers of one outcome in document order", async () => {
    const component = componentOfSteps([
      start,
      { id: "a", type: "branch", name: "A", sources: ["start"] },
      { id: "b", type: "branch", name: "B", sources: ["start"] },
      { id: "a2", type: "branch", name: "A2", sources: ["a"] },
      { ...reply, sources: ["b"] },
    ]);
    const { events } = await runOnce(component, { steps });
    const order = events.flatMap((event) => (event.type === "step-started" ? [event.stepId] : []));
    expect(order).toEqual(["start", "a", "b", "a2", "reply"]);
  });

  it("lets exclusive branches meet anywhere", async () => {
    const component = componentOfSteps([
      start,
      { id: "a", type: "branch", name: "A", sources: ["start"], settings: { to: "right" } },
      { ...reply, sources: ["a.left", "a.right"] },
    ]);
    const { result } = await runOnce(component, { steps });
    expect(result).toMatchObject({ status: "completed", response: { trail: "r" } });
  });

  it("counts activations in a loop and leaves it when the outcome says so", async () => {
    const component = componentOfSteps([
      start,
      { id: "a", type: "branch", name: "A", sources: ["start", "a.right"], settings: { again: 3 } },
      { ...reply, sources: ["a.left"] },
    ]);
    const { result, events } = await runOnce(component, { steps });
    expect(result).toMatchObject({ status: "completed", response: { trail: "lll" } });
    expect(events.filter((event) => event.type === "step-started" && event.stepId === "a")).toHaveLength(3);
  });

  it("fails at the 21st activation of a step", async () => {
    const component = componentOfSteps([
      start,
      { id: "a", type: "branch", name: "A", sources: ["start", "a.right"], settings: { again: 99 } },
      { ...reply, sources: ["a.left"] },
    ]);
    const { result } = await runOnce(component, { steps });
    expect(result).toMatchObject({ status: "failed", error: { code: "too-many-activations", stepId: "a" } });
  });

  it("fails as no-response when no path reaches a response, naming the last step and outcome", async () => {
    const component = componentOfSteps([
      start,
      { id: "a", type: "branch", name: "A", sources: ["start"], settings: { to: "right" } },
      { ...reply, sources: ["a.left"] },
    ]);
    const { result } = await runOnce(component, { steps });
    expect(result.error).toMatchObject({
      code: "no-response",
      stepId: "a",
      message: expect.stringContaining('"right"'),
    });
  });

  it("fails with the code and words of a StepFailure, addresses masked", async () => {
    const component = componentOfSteps([
      start,
      { id: "a", type: "crash", name: "A", sources: ["start"], settings: { expected: true } },
      { ...reply, sources: ["a"] },
    ]);
    const { result, events } = await runOnce(component, { steps });
    expect(result.error).toMatchObject({
      code: "no-luck",
      stepId: "a",
      message: "It did not work for d•••@example.test.",
    });
    expect(events.map(({ type }) => type).slice(-2)).toEqual(["step-failed", "run-failed"]);
  });

  it("turns an unexpected throw into step-crashed, and says no foreign words when the model holds a secret", async () => {
    const flow = [start, { id: "a", type: "crash", name: "A", sources: ["start"] }, { ...reply, sources: ["a"] }];
    const plain = await runOnce(componentOfSteps(flow), { steps });
    expect(plain.result.error).toEqual({
      code: "step-crashed",
      stepId: "a",
      message: 'Step "a" failed with TypeError: boom.',
    });
    const definitions = [{ name: "Pin", type: "string", secret: true }];
    const secret = await runOnce(componentOfSteps(flow, { definitions }), { steps, input: { Pin: "4711" } });
    expect(secret.result.error?.message).toBe('Step "a" failed with TypeError.');
  });

  it("refuses a dataflow with errors as invalid-component", async () => {
    const { result } = await runOnce(
      componentOfSteps([start, { id: "a", type: "nowhere", name: "A", sources: ["start"] }]),
      { steps },
    );
    expect(result).toMatchObject({ status: "failed", error: { code: "invalid-component" } });
  });

  it("resolves paths, templates and escaped literals at any depth", async () => {
    const value = {
      path: { $path: "data.Name" },
      template: { $template: "Hello {{ data.Name | upcase }}" },
      escaped: { $value: { $path: "data.Name" } },
      list: [{ $path: "data.Name" }, 1],
      missing: { $path: "data.Name.deeper" },
    };
    const component = componentOfSteps(
      [start, { id: "reply", type: "write-response", name: "Reply", sources: ["start"], settings: { value } }],
      {
        definitions: [{ name: "Name", type: "string" }],
      },
    );
    const { result } = await runOnce(component, { input: { Name: "Dana" } });
    expect(result.response).toEqual({
      path: "Dana",
      template: "Hello DANA",
      escaped: { $path: "data.Name" },
      list: ["Dana", 1],
      missing: null,
    });
  });

  it("prints secrets in templates as the mask", async () => {
    const value = { $template: "typed {{ data.Pin }}" };
    const component = componentOfSteps(
      [start, { id: "reply", type: "write-response", name: "Reply", sources: ["start"], settings: { value } }],
      {
        definitions: [{ name: "Pin", type: "string", secret: true }],
      },
    );
    const { result } = await runOnce(component, { input: { Pin: "4711" } });
    expect(result.response).toBe("typed ••••••");
  });

  it("fails as model-too-large when steps double a value again and again", async () => {
    const double = (index: number) => ({
      id: `double-${index}`,
      type: "set-definitions",
      name: "Double",
      sources: [index === 0 ? "start" : `double-${index - 1}`],
      settings: { values: { A: [{ $path: "data.A" }, { $path: "data.A" }] } },
    });
    const flow = [
      start,
      ...Array.from({ length: 40 }, (_, index) => double(index)),
      { ...reply, settings: {}, sources: ["double-39"] },
    ];
    const { result } = await runOnce(componentOfSteps(flow, { definitions: [{ name: "A", type: "array" }] }), {
      input: { A: [1] },
    });
    expect(result.error).toMatchObject({ code: "model-too-large" });
  });

  it("fails as template-too-large when a template grows without end", async () => {
    const double = (index: number) => ({
      id: `double-${index}`,
      type: "set-definitions",
      name: "Double",
      sources: [index === 0 ? "start" : `double-${index - 1}`],
      settings: { values: { A: { $template: "{{ data.A }}{{ data.A }}" } } },
    });
    const flow = [
      start,
      ...Array.from({ length: 30 }, (_, index) => double(index)),
      { ...reply, settings: {}, sources: ["double-29"] },
    ];
    const { result } = await runOnce(componentOfSteps(flow, { definitions: [{ name: "A", type: "string" }] }), {
      input: { A: "ab" },
    });
    expect(result.error).toMatchObject({ code: "template-too-large" });
  });

  it("masks addresses in the names of keys too", async () => {
    const definitions = [{ name: "A", type: "array" }];
    const { events } = await runOnce(
      componentOfSteps([start, { ...reply, settings: {}, sources: ["start"] }], { definitions }),
      {
        input: { A: [{ "dave@example.test": 1 }] },
      },
    );
    expect(JSON.stringify(events)).not.toContain("dave@example.test");
    expect(JSON.stringify(events)).toContain("d•••@example.test");
  });

  it("gives a step another idempotency key in another dataflow or component, should a run id ever come twice", async () => {
    const keys: string[] = [];
    const note = defineStep({
      ...branch,
      type: "note",
      run({ idempotencyKey, exit }) {
        keys.push(idempotencyKey);
        return exit("left");
      },
    });
    const flow = [
      start,
      { id: "a", type: "note", name: "A", sources: ["start"] },
      { ...reply, settings: {}, sources: ["a.left"] },
    ];
    const component = componentOfSteps(flow);
    const [dataflow] = component.dataflows;
    if (!dataflow) throw new Error("no dataflow");
    await runOnce(component, { steps: [note] });
    await runOnce(component, { steps: [note] });
    await runOnce({ ...component, id: "other" }, { steps: [note] });
    await runOnce({ ...component, dataflows: [{ ...dataflow, id: "other" }] }, { steps: [note] });
    expect(keys).toEqual([
      "run-1/test/main/a/1",
      "run-1/test/main/a/1",
      "run-1/other/main/a/1",
      "run-1/test/other/a/1",
    ]);
  });
});
