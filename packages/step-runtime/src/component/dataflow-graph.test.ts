import { describe, expect, it } from "vitest";
import { createStepRegistry } from "../step/step-registry.ts";
import { builtInSteps } from "../steps/index.ts";
import { buildDataflow, type StepSketch } from "../testing/component-builder.ts";
import { dataflowGraph } from "./dataflow-graph.ts";

const registry = createStepRegistry(builtInSteps);

function graphOf(steps: readonly StepSketch[]) {
  return dataflowGraph(buildDataflow(steps), registry);
}

describe("dataflowGraph", () => {
  it("resolves a bare source to the main outcome", () => {
    const graph = graphOf([
      { id: "model", type: "get-action-model" },
      { id: "check", type: "confirm-one-time-code" },
      { id: "reply", type: "write-response", sources: ["check", "check.refused"] },
    ]);
    expect(graph.edges).toEqual([
      { source: "model", outcome: "ok", target: "check", sourceIndex: 0 },
      { source: "check", outcome: "confirmed", target: "reply", sourceIndex: 0 },
      { source: "check", outcome: "refused", target: "reply", sourceIndex: 1 },
    ]);
    expect(graph.dangling).toEqual([]);
  });

  it("lists the followers of an outcome in document order", () => {
    const graph = graphOf([
      { id: "model", type: "get-action-model" },
      { id: "b", type: "set-definitions", sources: ["model"] },
      { id: "a", type: "set-definitions", sources: ["model.ok"] },
    ]);
    expect(graph.followers("model", "ok").map(({ id }) => id)).toEqual(["b", "a"]);
    expect(graph.followers("model", "invalid")).toEqual([]);
  });

  it("takes any outcome of a step of unknown type, ok when none is named", () => {
    const graph = graphOf([
      { id: "model", type: "of-tomorrow" },
      { id: "a", type: "set-definitions", sources: ["model", "model.later"] },
    ]);
    expect(graph.edges.map(({ outcome }) => outcome)).toEqual(["ok", "later"]);
  });

  it("lists broken sources instead of throwing", () => {
    const graph = graphOf([
      { id: "model", type: "get-action-model" },
      { id: "end", type: "write-response" },
      { id: "a", type: "set-definitions", sources: ["", "ghost", "model.never", "end", "model", "model.ok"] },
    ]);
    expect(graph.dangling.map(({ sourceIndex, reason }) => [sourceIndex, reason])).toEqual([
      [0, "malformed"],
      [1, "unknown-step"],
      [2, "unknown-outcome"],
      [3, "unknown-outcome"],
      [5, "duplicate"],
    ]);
    expect(graph.incoming("a")).toHaveLength(1);
  });

  it("knows only the outcomes that a step's settings leave possible", () => {
    const asking = {
      ...registry.list()[0],
      type: "ask",
      outcomes: { ok: { title: "ok" }, answered: { title: "answered" } },
      possibleOutcomes: (settings: Readonly<Record<string, unknown>>) =>
        settings["ask"] === true ? ["answered"] : ["ok"],
    };
    const types = {
      get: (type: string) => (type === "ask" ? (asking as never) : registry.get(type)),
      list: () => registry.list(),
    };
    const flow = buildDataflow([
      { id: "ask", type: "ask", settings: { ask: true } },
      { id: "a", type: "set-definitions", sources: ["ask", "ask.ok"] },
    ]);
    const graph = dataflowGraph(flow, types);
    expect(graph.edges.map(({ outcome }) => outcome)).toEqual(["answered"]);
    expect(graph.dangling.map(({ source }) => source)).toEqual(["ask.ok"]);
  });

  it("finds all ancestors, also on a loop", () => {
    const graph = graphOf([
      { id: "model", type: "get-action-model" },
      { id: "a", type: "set-definitions", sources: ["model", "b"] },
      { id: "b", type: "set-definitions", sources: ["a"] },
      { id: "c", type: "write-response", sources: ["model"] },
    ]);
    expect([...graph.ancestors("b")].sort()).toEqual(["a", "b", "model"]);
    expect([...graph.ancestors("c")]).toEqual(["model"]);
  });

  it("lets the first of two steps with the same id count", () => {
    const graph = graphOf([
      { id: "model", type: "get-action-model" },
      { id: "model", type: "write-response", sources: [] },
    ]);
    expect(graph.steps.map(({ type }) => type)).toEqual(["get-action-model"]);
  });
});
