import fc from "fast-check";
import * as z from "zod";
import { describe, expect, it } from "vitest";
import { defineStep } from "../../step/define-step.ts";
import { createStepRegistry } from "../../step/step-registry.ts";
import { builtInSteps } from "../../steps/index.ts";
import { buildComponent, buildDataflow, type StepSketch } from "../../testing/component-builder.ts";
import { dataflowGraph } from "../dataflow-graph.ts";
import type { StepTypes } from "../step-type.ts";
import { validateComponent } from "../validate-component.ts";

const plain = { group: "output", title: "Test", help: "For tests.", icon: "", settings: z.object({}) } as const;
const ask = defineStep({
  ...plain,
  type: "ask",
  outcomes: { answered: { title: "answered", waits: true }, dismissed: { title: "dismissed" } },
  run: ({ exit }) => exit("answered"),
});
const builtIn = createStepRegistry(builtInSteps);
const registry = createStepRegistry([...builtInSteps, ask]);

const model = { id: "model", type: "get-action-model" };
const set = (id: string, ...sources: string[]): StepSketch => ({
  id,
  type: "set-definitions",
  sources,
  settings: { values: {} },
});
const joined = (id: string, ...sources: string[]): StepSketch => ({ id, type: "join-models", sources });
const filter = (id: string, ...sources: string[]): StepSketch => ({
  id,
  type: "filter-source",
  sources,
  settings: { field: "data" },
});
const reply = (id: string, ...sources: string[]): StepSketch => ({ id, type: "write-response", sources });

function found(steps: readonly StepSketch[], types = registry) {
  return validateComponent(buildComponent({ dataflows: [buildDataflow(steps)] }), types)
    .filter(({ code }) => code === "merge-needs-join" || code === "second-response" || code === "too-many-forks")
    .map(({ code, stepId }) => `${code} ${stepId}`);
}

describe("a fork", () => {
  it("may not meet again", () => {
    expect(found([model, set("a", "model"), set("b", "model"), reply("end", "a", "b")])).toEqual([
      "merge-needs-join end",
    ]);
  });

  it("may not meet again where it started, nor behind longer paths", () => {
    expect(found([model, set("a", "model"), set("b", "a"), set("c", "model"), reply("end", "c", "b")])).toEqual([
      "merge-needs-join end",
    ]);
    expect(found([model, reply("end", "model", "a"), set("a", "model")])).toEqual(["merge-needs-join end"]);
  });

  it("may meet in a join", () => {
    expect(found([model, set("a", "model"), set("b", "model"), joined("j", "a", "b"), reply("end", "j")])).toEqual([]);
  });

  it("may not meet behind a join that left one path out", () => {
    const steps = [
      model,
      set("a", "model"),
      set("b", "model"),
      set("c", "model"),
      joined("j", "a", "b"),
      reply("end", "j", "c"),
    ];
    expect(found(steps)).toEqual(["merge-needs-join end"]);
  });

  it("may not go around its join", () => {
    const steps = [
      model,
      filter("a", "model"),
      set("b", "model"),
      joined("j", "a", "b"),
      reply("end", "j", "a.not-matched"),
    ];
    expect(found(steps)).toEqual(["merge-needs-join end"]);
  });

  it("may meet again in joins inside joins", () => {
    const steps = [
      model,
      set("a", "model"),
      set("b", "model"),
      set("c", "a"),
      set("d", "a"),
      joined("i", "c", "d"),
      joined("j", "i", "b"),
      reply("end", "j"),
    ];
    expect(found(steps)).toEqual([]);
  });

  it("may end without meeting", () => {
    expect(found([model, set("a", "model"), reply("end", "model")])).toEqual([]);
  });

  it("that answers twice is worth a warning", () => {
    expect(found([model, reply("one", "model"), reply("two", "model")])).toEqual(["second-response two"]);
    expect(found([model, set("a", "model"), set("b", "model"), joined("j", "a", "b"), reply("one", "j")])).toEqual([]);
  });

  it("may loop back through a wait without meeting itself", () => {
    const steps = [
      model,
      set("a", "model", "w"),
      set("left", "a"),
      set("right", "a"),
      { id: "w", type: "ask", sources: ["left"] },
      reply("end", "w.dismissed"),
    ];
    expect(found(steps)).toEqual([]);
  });

  it("meets itself when two of its paths loop back to the same step", () => {
    const asks = ["left", "right"].map((id): StepSketch => ({ id, type: "ask", sources: ["a"] }));
    expect(found([model, set("a", "model", "left", "right"), ...asks, reply("end", "left.dismissed")])).toEqual([
      "merge-needs-join a",
    ]);
  });

  it("can be several starts", () => {
    expect(
      found([model, { id: "other", type: "get-action-model", sources: [] }, reply("end", "model", "other")]),
    ).toContain("merge-needs-join end");
  });

  it("is told about join-models only where that type exists", () => {
    const messageWith = (types: StepTypes) =>
      validateComponent(
        buildComponent({
          dataflows: [buildDataflow([model, set("a", "model"), set("b", "model"), reply("end", "a", "b")])],
        }),
        types,
      )[0]?.message;
    expect(messageWith(registry)).toContain("join-models");
    const withoutJoin = createStepRegistry(builtInSteps.filter(({ type }) => type !== "join-models"));
    expect(messageWith(withoutJoin)).not.toContain("join-models");
  });
});

describe("exclusive branches", () => {
  it("may meet anywhere", () => {
    expect(
      found([model, filter("f", "model"), set("a", "f"), set("b", "f.not-matched"), reply("end", "a", "b")]),
    ).toEqual([]);
  });

  it("are no second response", () => {
    expect(found([model, filter("f", "model"), reply("one", "f"), reply("two", "f.not-matched")])).toEqual([]);
  });
});

it("finds a meeting exactly where two followers of one outcome reach the same step (without joins and loops)", () => {
  const flow = fc.array(fc.array(fc.record({ back: fc.nat(), not: fc.boolean() }), { minLength: 1, maxLength: 3 }), {
    maxLength: 9,
  });
  fc.assert(
    fc.property(flow, (sketch) => {
      const steps = [
        { ...model },
        filter("s-0", "model"),
        ...sketch.map((sources, index) => {
          const names = sources.map(({ back, not }) => `s-${back % (index + 1)}.${not ? "not-matched" : "matched"}`);
          return filter(`s-${index + 1}`, ...new Set(names));
        }),
      ];
      const graph = dataflowGraph(buildDataflow(steps), builtIn);
      const meets = graph.steps.some(({ id }) =>
        ["matched", "not-matched"].some((outcome) => {
          const reached = graph
            .followers(id, outcome)
            .map((follower) => [
              follower.id,
              ...graph.steps.filter((step) => graph.ancestors(step.id).has(follower.id)).map((step) => step.id),
            ]);
          const all = reached.flat();
          return new Set(all).size < all.length;
        }),
      );
      expect(found(steps).some((issue) => issue.startsWith("merge-needs-join"))).toBe(meets);
    }),
    { numRuns: 1000 },
  );
});
