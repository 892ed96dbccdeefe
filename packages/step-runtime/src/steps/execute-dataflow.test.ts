import * as z from "zod";
import { describe, expect, it } from "vitest";
import type { Component } from "../component/component-schema.ts";
import { validateComponent } from "../component/validate-component.ts";
import { type CompiledDataflow, compileComponent } from "../run/compile-component.ts";
import { runDataflow } from "../run/run-dataflow.ts";
import { initialRunState, nextRunState } from "../run/run-state.ts";
import { defineStep } from "../step/define-step.ts";
import { createStepRegistry } from "../step/step-registry.ts";
import { buildComponent, buildDataflow, type StepSketch } from "../testing/component-builder.ts";
import { runOnce } from "../testing/run-once.ts";
import { builtInSteps } from "./index.ts";

const plain = { group: "model-transformation", title: "Test", help: "For tests.", icon: "" } as const;
const keys: string[] = [];
/** Leaves by `again` until it has run so often. */
const count = defineStep({
  ...plain,
  type: "count",
  settings: z.object({ times: z.number().default(1) }),
  outcomes: { done: { title: "done" }, again: { title: "again", waits: true } },
  run: ({ settings, activation, exit }) => exit(activation < settings.times ? "again" : "done"),
});
/** Notes its idempotency keys. */
const note = defineStep({
  ...plain,
  type: "note",
  settings: z.object({}),
  outcomes: { done: { title: "done" } },
  run({ idempotencyKey, exit }) {
    keys.push(idempotencyKey);
    return exit("done");
  },
});
/** Asks, though none of its outcomes says that it waits. */
const sly = defineStep({
  ...plain,
  type: "sly",
  settings: z.object({}),
  outcomes: { answered: { title: "answered" } },
  run: ({ ask }) => ask({ modal: { id: "m", title: "M", controls: [] }, fields: [], timeoutSeconds: null }),
});
const steps = [count, note, sly];

const definitions = [
  { name: "Name", type: "string" as const },
  { name: "Pin", type: "string" as const, secret: true },
];
const start: StepSketch = { id: "start", type: "get-action-model" };
const call = (id: string, source: string, settings: Record<string, unknown>): StepSketch => ({
  id,
  type: "execute-dataflow",
  sources: [source],
  settings,
});
const reply = (value: unknown, ...sources: string[]): StepSketch => ({
  id: "reply",
  type: "write-response",
  sources,
  settings: { value },
});
const result = { $path: "_result" };
const greet = buildDataflow([start, reply({ hello: { $path: "data.Name" } }, "start")], { id: "greet" });

const component = (main: readonly StepSketch[], ...others: Component["dataflows"]): Component =>
  buildComponent({ definitions, dataflows: [buildDataflow(main), ...others] });
const caller = (dataflow: string, more: Record<string, unknown> = {}): readonly StepSketch[] => [
  start,
  call("call", "start", { dataflow, ...more }),
  reply(result, "call.ok", "call.failed"),
];
const issuesOf = (it: Component) =>
  validateComponent(it, createStepRegistry([...builtInSteps, ...steps])).filter(({ severity }) => severity === "error");

describe("Execute dataflow", () => {
  it("keeps the response of another dataflow, which starts with the input and nothing else", async () => {
    const main = component(caller("greet", { input: { Name: { $template: "{{ data.Name | upcase }}" } } }), greet);
    expect((await runOnce(main, { input: { Name: "dana" } })).result.response).toEqual({ hello: "DANA" });
    const without = component(caller("greet"), greet);
    expect((await runOnce(without, { input: { Name: "dana" } })).result.response).toEqual({ hello: null });
  });

  it("leaves by failed with the code and message of what went wrong, and the run goes on", async () => {
    const wrong = component(caller("greet", { input: { Name: { $path: "data" } } }), greet);
    const ended = await runOnce(wrong);
    expect(ended.result).toMatchObject({
      status: "completed",
      response: { error: { code: "invalid-input", message: 'The value of definition "Name" is not of type string.' } },
      error: null,
    });
    const silent = buildDataflow(
      [
        start,
        { id: "f", type: "filter-source", settings: { field: "data.Name", operator: "not-null" } },
        reply(1, "f"),
      ],
      { id: "silent" },
    );
    expect((await runOnce(component(caller("silent"), silent))).result.response).toMatchObject({
      error: { code: "no-response" },
    });
  });

  it("tells the called steps' events with the path of their call, and no end of a run but its own", async () => {
    const { events } = await runOnce(component(caller("greet"), greet));
    expect(
      events.map((event) => [
        event.type,
        "callPath" in event ? event.callPath : null,
        "stepId" in event ? event.stepId : null,
      ]),
    ).toEqual([
      ["run-started", null, null],
      ["step-started", null, "start"],
      ["step-finished", null, "start"],
      ["step-started", null, "call"],
      ["step-started", "call/1", "start"],
      ["step-finished", "call/1", "start"],
      ["step-started", "call/1", "reply"],
      ["step-finished", "call/1", "reply"],
      ["step-finished", null, "call"],
      ["step-started", null, "reply"],
      ["step-finished", null, "reply"],
      ["response-written", null, "reply"],
      ["run-completed", null, null],
    ]);
    const state = events.reduce(nextRunState, initialRunState);
    expect(state.steps.map(({ callPath, stepId, status }) => `${callPath}:${stepId} ${status}`)).toEqual([
      ":start done",
      ":call done",
      "call/1:start done",
      "call/1:reply done",
      ":reply done",
    ]);
  });

  it("counts activations for each call by itself, and gives each another idempotency key", async () => {
    const noted = buildDataflow([start, { id: "note", type: "note" }, reply("noted", "note")], { id: "noted" });
    const loop = [
      start,
      call("call", "start", { dataflow: "noted" }),
      { id: "count", type: "count", sources: ["call"], settings: { times: 20 } },
      reply(result, "call.failed", "count.done"),
    ].map((step) => (step.id === "call" ? { ...step, sources: ["start", "count.again"] } : step));
    keys.length = 0;
    expect((await runOnce(component(loop, noted), { steps })).result.response).toBe("noted");
    expect(keys).toEqual(Array.from({ length: 20 }, (_, index) => `run-1/built/noted/call/${index + 1}/note/1`));
  });

  it("hands secrets over as what they are: an entered one stays masked, an issued one reads as digits in test mode only", async () => {
    const read = buildDataflow([start, reply({ pin: { $path: "data.Pin" } }, "start")], { id: "read" });
    const entered = component(caller("read", { input: { Pin: { $path: "data.Pin" } } }), read);
    const typed = await runOnce(entered, { input: { Pin: "4711" } });
    expect(typed.result.response).toEqual({ pin: "••••••" });
    const plainValue = await runOnce(component(caller("read", { input: { Pin: "4711" } }), read));
    expect(plainValue.result.response).toEqual({ pin: "••••••" });
    expect(JSON.stringify([typed.events, plainValue.events])).not.toContain("4711");

    const issues = component(
      [
        start,
        { id: "code", type: "get-one-time-code", sources: ["start"], settings: { userName: "demo" } },
        call("call", "code", { dataflow: "read", input: { Pin: { $path: "oneTimeCode.code" } } }),
        reply(result, "call.ok", "call.failed"),
      ],
      read,
    );
    const { result: inTest, events } = await runOnce(issues);
    const { pin } = inTest.response as { pin: string };
    expect(pin).toMatch(/^\d{6}$/);
    expect(JSON.stringify(events)).not.toContain(pin);
    expect((await runOnce(issues, { testMode: false })).result.response).toEqual({ pin: "••••••" });
  });

  it("shares the facts of the run: what a called dataflow issued is what Confirm takes", async () => {
    const issue = buildDataflow(
      [
        start,
        { id: "code", type: "get-one-time-code", settings: { userName: "demo" } },
        reply({ $path: "oneTimeCode.code" }, "code"),
      ],
      { id: "issue" },
    );
    const main = component(
      [
        start,
        call("call", "start", { dataflow: "issue" }),
        { id: "confirm", type: "confirm-one-time-code", sources: ["call"], settings: { userCodeField: "_result" } },
        reply({ $path: "confirmation.confirmed" }, "confirm.confirmed", "confirm.rejected", "confirm.refused"),
      ],
      issue,
    );
    expect((await runOnce(main)).result.response).toBe(true);
  });

  it("runs dataflows that call dataflows, and a called one may show a modal", async () => {
    const shows = buildDataflow(
      [start, { id: "show", type: "show-modal", settings: { modal: "m" } }, reply("shown", "show")],
      { id: "shows" },
    );
    const between = { ...buildDataflow(caller("shows")), id: "between" };
    const main = { ...component(caller("between"), between, shows), modals: [{ id: "m", title: "M", controls: [] }] };
    const { result: ended, events } = await runOnce(main);
    expect(ended).toMatchObject({ response: "shown", modal: { id: "m" } });
    expect(events).toContainEqual(expect.objectContaining({ type: "modal-shown", callPath: "call/1/call/1" }));
  });

  it("ends the whole run when it is cancelled in a called step", async () => {
    keys.length = 0;
    const noted = buildDataflow([start, { id: "note", type: "note" }, reply("noted", "note")], { id: "noted" });
    const code = compileComponent(component(caller("noted"), noted), createStepRegistry([...builtInSteps, ...steps]));
    const types: string[] = [];
    const ended = await runDataflow(code.dataflow("main") as CompiledDataflow, {
      runId: "run-1",
      input: {},
      caller: { clientId: "portal", userId: null, sessionId: "s", ipClass: null },
      ports: {},
      io: {
        step: (_key, body) => body({ now: 0, uuid: "", signal: new AbortController().signal }),
        emit: ({ type }) => void types.push(type),
      },
      clock: { now: () => 0 },
      isCancelled: () => keys.length > 0,
    });
    expect(ended).toMatchObject({ status: "cancelled", response: null });
    expect(types.at(-1)).toBe("run-cancelled");
  });

  it("fails when a called step asks all the same", async () => {
    const asks = buildDataflow([start, { id: "sly", type: "sly" }, reply(1, "sly")], { id: "asks" });
    const { result: ended } = await runOnce(component(caller("asks"), asks), { steps });
    expect(ended.response).toMatchObject({ error: { code: "question-in-call" } });
  });

  it("fails when calls multiply without end", async () => {
    const level = (id: string, next: string) =>
      buildDataflow(
        [
          start,
          call("a", "start", { dataflow: next }),
          { ...call("b", "a", { dataflow: next }), sources: ["a.ok", "a.failed"] },
          reply(1, "b.ok", "b.failed"),
        ],
        { id },
      );
    const levels = Array.from({ length: 40 }, (_, index) =>
      level(`l-${index}`, index === 39 ? "greet" : `l-${index + 1}`),
    );
    const { events, result: ended } = await runOnce(component(caller("l-0"), ...levels, greet));
    expect(ended.status).toBe("completed");
    expect(events.some((event) => event.type === "step-failed" && event.error.code === "too-many-calls")).toBe(true);
  });

  it("may not call its own dataflow, nor one that calls it in turn", () => {
    const found = issuesOf(component(caller("second"), { ...buildDataflow(caller("main")), id: "second" }));
    expect(found).toMatchObject([
      { code: "recursive-dataflow", dataflowId: "main", stepId: "call" },
      { code: "recursive-dataflow", dataflowId: "second", stepId: "call" },
    ]);
    expect(issuesOf(component(caller("main")))).toMatchObject([{ code: "recursive-dataflow" }]);
  });

  it("may not call a dataflow that asks, but one that could ask only where no run comes", () => {
    const asking = (...sources: string[]) =>
      buildDataflow([start, { id: "w", type: "count", sources }, reply(1, "w.done")], { id: "asking" });
    expect(issuesOf(component(caller("asking"), asking("start")))).toMatchObject([
      { code: "called-dataflow-asks", dataflowId: "main", pointer: "/dataflows/0/stages/0/steps/1/settings/dataflow" },
    ]);
    const codes = issuesOf(component(caller("asking"), asking("w.again"))).map(({ code }) => code);
    expect(codes).not.toContain("called-dataflow-asks");
  });

  it("may not stand between a confirmation and its proof when the called dataflow forgets what was confirmed", () => {
    const issue = buildDataflow(
      [start, { id: "code", type: "get-one-time-code", settings: { userName: "demo" } }, reply(1, "code")],
      { id: "issue" },
    );
    const proving = (dataflow: string) =>
      component(
        [
          start,
          { id: "confirm", type: "confirm-one-time-code", settings: { userCodeField: "data.Pin" } },
          call("call", "confirm.confirmed", { dataflow }),
          { ...reply({}, "call"), settings: { value: {}, proof: true } },
          { ...reply(1, "confirm.rejected", "confirm.refused", "call.failed"), id: "refused" },
        ],
        issue,
        greet,
      );
    expect(issuesOf(proving("greet"))).toEqual([]);
    expect(issuesOf(proving("issue"))).toMatchObject([{ code: "proof-without-confirmation", stepId: "reply" }]);
  });

  it("may not keep the response in the definitions or inside a variable", () => {
    for (const resultStoreField of ["data", "a.b", '["a"]']) {
      const [issue] = issuesOf(component(caller("greet", { resultStoreField }), greet));
      expect(issue).toMatchObject({ code: "invalid-setting", stepId: "call" });
    }
  });

  it("does not run when the called dataflow has errors of its own", async () => {
    const broken = buildDataflow([start, { id: "x", type: "nowhere" }], { id: "broken" });
    const { result: ended } = await runOnce(component(caller("broken"), broken));
    expect(ended.error).toMatchObject({ code: "invalid-component", message: expect.stringContaining('"broken"') });
  });
});
