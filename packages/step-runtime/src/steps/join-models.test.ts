import fc from "fast-check";
import * as z from "zod";
import { describe, expect, it } from "vitest";
import { defineStep } from "../step/define-step.ts";
import type { Model } from "../step/model.ts";
import { buildComponent, buildDataflow, type StepSketch } from "../testing/component-builder.ts";
import { runOnce, type RunOnceOptions } from "../testing/run-once.ts";

const plain = { group: "model-transformation", title: "Test", help: "For tests.", icon: "" } as const;
const seen: { readonly id: string; readonly model: Model }[] = [];

/** Leaves by the outcome that its setting names, notes the model it saw and adds its id. */
const branch = defineStep({
  ...plain,
  type: "branch",
  settings: z.object({ to: z.enum(["left", "right"]).default("left") }),
  outcomes: { left: { title: "left" }, right: { title: "right" } },
  changes: () => ({ adds: [], open: true }),
  run({ settings, stepId, model, exit }) {
    seen.push({ id: stepId, model });
    return exit(settings.to, { [stepId]: true, last: stepId });
  },
});
/** Asks, and leaves by whatever the person says. */
const pause = defineStep({
  ...plain,
  type: "pause",
  settings: z.object({}),
  outcomes: { answered: { title: "answered" }, dismissed: { title: "dismissed" }, resend: { title: "", waits: true } },
  run: ({ ask }) => ask({ modal: { id: "m", title: "M", controls: [] }, fields: [], timeoutSeconds: null }),
});
const steps = [branch, pause];

const noData = { A: null, B: null };
const definitions = ["A", "B"].map((name) => ({ name, type: "string" as const }));
const start: StepSketch = { id: "start", type: "get-action-model" };
const to = (id: string, source: string, outcome = "left"): StepSketch => ({
  id,
  type: "branch",
  sources: [source],
  settings: { to: outcome },
});
const set = (id: string, source: string, values: Record<string, unknown>): StepSketch => ({
  id,
  type: "set-definitions",
  sources: [source],
  settings: { values },
});
const join = (id: string, ...sources: string[]): StepSketch => ({ id, type: "join-models", sources });
const waiting = (id: string, ...sources: string[]): StepSketch => ({ id, type: "pause", sources });
const reply = (...sources: string[]): StepSketch => ({ id: "reply", type: "write-response", sources });
const replyWithTrail = (...sources: string[]): StepSketch => ({
  ...reply(...sources),
  settings: { value: { last: { $path: "last" }, a: { $path: "a" }, b: { $path: "b" } } },
});

async function run(sketches: readonly StepSketch[], options: RunOnceOptions = {}) {
  const component = buildComponent({ definitions, dataflows: [buildDataflow(sketches)] });
  const { result, events } = await runOnce(component, { steps, ...options });
  const order = events.flatMap((event) => (event.type === "step-started" ? [event.stepId] : []));
  return { result, order, events };
}
const answered = async () => ({ outcome: "answered" as const });
const resend = async () => ({ outcome: "resend" as const });

describe("Join models", () => {
  it("goes on once, with what all its sources set", async () => {
    const { result, order } = await run([
      start,
      set("a", "start", { A: "one" }),
      set("b", "start", { B: "two" }),
      join("j", "a", "b"),
      reply("j"),
    ]);
    expect(result.response).toEqual({ A: "one", B: "two" });
    expect(order).toEqual(["start", "a", "b", "j", "reply"]);
  });

  it("lets later sources win, in the order in which they are named and not in which they arrive", async () => {
    const flow = [start, to("a", "start"), to("b", "start")];
    expect((await run([...flow, join("j", "a", "b"), replyWithTrail("j")])).result.response).toMatchObject({
      last: "b",
    });
    expect((await run([...flow, join("j", "b", "a"), replyWithTrail("j")])).result.response).toMatchObject({
      last: "a",
    });
  });

  it("goes on with the one source of exclusive branches that arrives", async () => {
    const { result } = await run([
      start,
      to("f", "start", "right"),
      to("a", "f.left"),
      to("b", "f.right"),
      join("j", "a", "b"),
      replyWithTrail("j"),
    ]);
    expect(result.response).toEqual({ last: "b", a: null, b: true });
  });

  it("does not go on when no source can arrive", async () => {
    const { result, order } = await run([
      start,
      to("f", "start", "right"),
      to("a", "f"),
      to("b", "f"),
      join("j", "a", "b"),
      { ...reply("j", "f.right"), settings: { value: "without" } },
    ]);
    expect(result.response).toBe("without");
    expect(order).toEqual(["start", "f", "reply"]);
  });

  it("waits for a source behind a question, over the suspension of the run", async () => {
    const { result, order } = await run(
      [
        start,
        set("a", "start", { A: "one" }),
        waiting("w", "start"),
        set("b", "w", { B: "two" }),
        join("j", "a", "b"),
        reply("j"),
      ],
      { answers: [answered] },
    );
    expect(result).toMatchObject({ status: "completed", response: { A: "one", B: "two" } });
    expect(order).toEqual(["start", "a", "w", "b", "j", "reply"]);
  });

  it("does not wait for a question that cannot lead to a missing source", async () => {
    const { order, events } = await run(
      [
        start,
        to("a", "start"),
        to("f", "start", "right"),
        join("j", "a", "f.left"),
        replyWithTrail("j"),
        waiting("w", "f.right"),
      ],
      { answers: [answered] },
    );
    expect(order).toEqual(["start", "a", "f", "w", "j", "reply"]);
    const types = events.map(({ type }) => type);
    expect(types.indexOf("response-written")).toBeLessThan(types.indexOf("run-suspended"));
  });

  it("takes what a loop brings anew until it goes on, and nothing after that", async () => {
    const loop = [
      start,
      to("b", "start"),
      { ...to("a", "start"), sources: ["start", "w.resend"] },
      waiting("w", "a"),
      join("early", "a", "b"),
      join("late", "a", "w"),
      join("end", "early", "late"),
      replyWithTrail("end"),
    ];
    const { result, order } = await run(loop, { answers: [resend, answered] });
    expect(result.status).toBe("completed");
    expect(order).toEqual(["start", "b", "a", "w", "early", "a", "w", "late", "end", "reply"]);
  });

  it("knows that a join which went on leads nowhere any more", async () => {
    const { events, order } = await run(
      [
        start,
        to("b", "start"),
        { ...to("a", "start"), sources: ["start", "w.resend"] },
        waiting("w", "a"),
        join("j", "a", "b"),
        to("f", "j", "right"),
        to("c", "start"),
        join("k", "c", "f.left"),
        replyWithTrail("k"),
      ],
      { answers: [resend, answered] },
    );
    expect(order.slice(0, 8)).toEqual(["start", "b", "a", "c", "w", "j", "f", "k"]);
    const types = events.map(({ type }) => type);
    expect(types.indexOf("response-written")).toBeLessThan(types.indexOf("run-suspended"));
  });

  it("runs and merges like a simple reference over random flows of branches, questions and joins", async () => {
    const source = fc.record({ back: fc.nat(), right: fc.boolean() });
    const sketch = fc.record({
      kind: fc.constantFrom("branch", "branch", "pause", "join", "join"),
      right: fc.boolean(),
      sources: fc.array(source, { minLength: 1, maxLength: 4 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(sketch, { minLength: 1, maxLength: 12 }), async (sketches) => {
        const flow: RefStep[] = [{ id: "s0", kind: "branch", takes: "left", sources: [["start", "ok"]] }];
        for (const [index, { kind, right, sources }] of sketches.entries()) {
          const all = sources.map((each): Source => {
            const before = flow[each.back % flow.length] as RefStep;
            return [before.id, outcomesOf[before.kind][each.right ? 1 : 0] ?? "ok"];
          });
          const unique = [...new Map(all.map((each) => [each.join("."), each])).values()];
          flow.push({
            id: `s${index + 1}`,
            kind,
            takes: outcomesOf[kind][right ? 1 : 0] ?? "ok",
            sources: kind === "join" ? unique : unique.slice(0, 1),
          });
        }
        const dataflow = [start, ...flow.map(toSketch), { ...reply("start"), settings: { value: 1 } }];
        const expected = reference(flow);
        seen.length = 0;
        const answers = expected.answers.map((outcome) => async () => ({ outcome }) as const);
        const { order, result } = await run(dataflow, { answers });
        expect(result.status).toBe("completed");
        expect(order.filter((id) => id.startsWith("s") && id !== "start")).toEqual(expected.order);
        expect(seen).toEqual(expected.seen.map(({ id, model }) => ({ id, model: { data: noData, ...model } })));
      }),
      { numRuns: 300 },
    );
  });
});

type Kind = "branch" | "pause" | "join";
type Source = readonly [step: string, outcome: string];
interface RefStep {
  readonly id: string;
  readonly kind: Kind;
  readonly takes: string;
  readonly sources: readonly Source[];
}
const outcomesOf = { branch: ["left", "right"], pause: ["answered", "dismissed"], join: ["ok"] } as const;

function toSketch({ id, kind, takes, sources }: RefStep): StepSketch {
  return {
    id,
    type: kind === "join" ? "join-models" : kind,
    sources: sources.map((each) => each.join(".")),
    ...(kind === "branch" ? { settings: { to: takes } } : {}),
  };
}

/** No loops here, and only joins have several sources: so each step is left once, and whether it may still run can be asked of its sources. */
function reference(flow: readonly RefStep[]) {
  const byId = new Map(flow.map((step) => [step.id, step]));
  const queue: { readonly step: RefStep; readonly model: Model }[] = [];
  const waits: { readonly step: RefStep; readonly model: Model }[] = [];
  const arrived = new Map(flow.map(({ id }) => [id, new Map<string, Model>()]));
  const left = new Set<string>();
  const fired = new Set<string>();
  const order: string[] = [];
  const seenModels: { readonly id: string; readonly model: Model }[] = [];
  const answers: ("answered" | "dismissed")[] = [];

  const mayRun = (id: string): boolean => {
    const step = byId.get(id);
    if (!step || left.has(id)) return false;
    if ([...queue, ...waits].some((entry) => entry.step.id === id)) return true;
    return (arrived.get(id)?.size ?? 0) > 0 || step.sources.some(([before]) => mayRun(before));
  };
  const leave = (step: RefStep, model: Model): void => {
    left.add(step.id);
    for (const follower of flow) {
      const source = follower.sources.find(([id, outcome]) => id === step.id && outcome === step.takes);
      if (!source) continue;
      if (follower.kind === "join") arrived.get(follower.id)?.set(source.join("."), model);
      else queue.push({ step: follower, model });
    }
    for (const join of flow) {
      const models = arrived.get(join.id) ?? new Map<string, Model>();
      if (models.size === 0 || fired.has(join.id)) continue;
      if (join.sources.some((source) => !models.has(source.join(".")) && mayRun(source[0]))) continue;
      fired.add(join.id);
      queue.push({ step: join, model: Object.assign({}, ...join.sources.map((each) => models.get(each.join(".")))) });
    }
  };

  queue.push({ step: flow[0] as RefStep, model: {} });
  while (queue.length + waits.length > 0) {
    const wait = queue.length === 0 ? waits.shift() : undefined;
    if (wait) {
      answers.push(wait.step.takes as "answered" | "dismissed");
      leave(wait.step, wait.model);
      continue;
    }
    const { step, model } = queue.shift() as { step: RefStep; model: Model };
    order.push(step.id);
    if (step.kind === "pause") waits.push({ step, model });
    else if (step.kind === "join") leave(step, model);
    else {
      seenModels.push({ id: step.id, model });
      leave(step, { ...model, [step.id]: true, last: step.id });
    }
  }
  return { order, seen: seenModels, answers };
}
