import { type Component, defineStep } from "@onceflow/step-runtime";
import * as z from "zod";

const trivial = (type: string, effect: "pure" | "idempotent") =>
  defineStep({
    type,
    group: "model-transformation",
    title: "Trivial",
    help: "For benchmarks.",
    icon: "",
    effect,
    settings: z.object({}),
    outcomes: { ok: { title: "ok" } },
    changes: () => ({ adds: [{ path: "count", type: "number" }] }),
    run: async ({ read, exit }) => exit("ok", { count: Number(read("count") ?? 0) + 1 }),
  });

/** Steps that only count; the journal does not know that one of them has no effect. */
export const trivialSteps = [trivial("trivial", "pure"), trivial("trivial-effect", "idempotent")];

/** A dataflow of so many steps, the first of which reads the model and the last of which responds. */
export function stepsComponent(type: string, steps: number): Component {
  const chain = Array.from({ length: steps - 2 }, (_, index) => ({
    id: `step-${index + 1}`,
    type,
    name: "Trivial",
    sources: [index === 0 ? "model" : `step-${index}`],
  }));
  return component([
    { id: "model", type: "get-action-model", name: "Model" },
    ...chain,
    { id: "reply", type: "write-response", name: "Reply", sources: [`step-${steps - 2}`], settings: { value: "done" } },
  ]);
}

/** A dataflow that asks, and responds to the answer: it has no code. */
export const askingComponent: Component = component([
  { id: "model", type: "get-action-model", name: "Model" },
  { id: "ask", type: "show-modal", name: "Ask", sources: ["model"], settings: { modal: "ask", mode: "ask" } },
  {
    id: "reply",
    type: "write-response",
    name: "Reply",
    sources: ["ask"],
    settings: { value: { name: { $path: "data.Name" } } },
  },
]);

function component(steps: Component["dataflows"][number]["stages"][number]["steps"]): Component {
  return {
    format: "onceflow/component",
    formatVersion: 1,
    id: "bench",
    name: "Bench",
    definitions: [{ name: "Name", type: "string" }],
    page: { controls: [] },
    modals: [
      {
        id: "ask",
        title: "Who are you?",
        controls: [
          { type: "text-field", definition: "Name" },
          { type: "button", label: "Go on", action: "submit" },
        ],
      },
    ],
    templates: [],
    dataflows: [{ id: "main", name: "Main", stages: [{ id: "all", name: "All", steps }] }],
  };
}
