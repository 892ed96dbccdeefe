import { act, render } from "@testing-library/react";
import { memo, Profiler } from "react";
import { builtInSteps, type Component, createStepRegistry } from "@onceflow/step-runtime";
import { beforeEach, expect, it, vi } from "vitest";
import { MantineProvider } from "@mantine/core";
import { createI18n } from "../locales/create-i18n.ts";
import { createDesignerActions } from "../store/create-designer-actions.ts";
import { DesignerContext } from "../store/designer-context.tsx";
import { createDocumentStore } from "../store/document-store.ts";
import { createViewStore } from "../store/view-store.ts";
import { Canvas } from "./canvas.tsx";

const counts = vi.hoisted(() => new Map<string, number>());

// A profiler around each card and edge counts every commit in which React rendered anything of it.
vi.mock("./step-card.tsx", async (load) => {
  const { StepCard } = await load<typeof import("./step-card.tsx")>();
  return {
    StepCard: memo((props: React.ComponentProps<typeof StepCard>) => (
      <Profiler id={`card ${props.id}`} onRender={count}>
        <StepCard {...props} />
      </Profiler>
    )),
  };
});
vi.mock("./source-edge.tsx", async (load) => {
  const { SourceEdge } = await load<typeof import("./source-edge.tsx")>();
  return {
    SourceEdge: memo((props: React.ComponentProps<typeof SourceEdge>) => (
      <Profiler id={`edge ${props.id}`} onRender={count}>
        <SourceEdge {...props} />
      </Profiler>
    )),
  };
});

function count(id: string): void {
  counts.set(id, (counts.get(id) ?? 0) + 1);
}

const steps = createStepRegistry(builtInSteps);
const hundred: Component = {
  format: "onceflow/component",
  formatVersion: 1,
  id: "hundred",
  name: "Hundred",
  definitions: [],
  page: { controls: [] },
  modals: [],
  templates: [],
  dataflows: [
    {
      id: "flow",
      name: "Flow",
      stages: [
        {
          id: "stage",
          name: "Stage",
          steps: Array.from({ length: 100 }, (_, at) =>
            at === 0
              ? { id: "step-0", type: "get-action-model", name: "Start" }
              : {
                  id: `step-${at}`,
                  type: "execute-script",
                  name: `Step ${at}`,
                  sources: [`step-${at - 1}`],
                  settings: { language: "javascript", code: "" },
                },
          ),
        },
      ],
    },
  ],
};

function mount() {
  const document = createDocumentStore(hundred);
  const view = createViewStore("flow");
  const { t } = createI18n("en");
  const environment = { steps, locale: "en", t, readOnly: false, run: null, onSave: null, announce: () => {} };
  const actions = createDesignerActions({ document, view, environment: () => environment });
  let commits = 0;
  // Visible-only rendering would leave cards out: jsdom has no sizes, and here all hundred shall be counted.
  render(
    <MantineProvider>
      <DesignerContext
        value={{
          ...environment,
          document,
          view,
          actions,
          colorScheme: "light",
          clients: [],
          session: null,
          root: () => null,
        }}
      >
        <Profiler
          id="all"
          onRender={() => {
            commits += 1;
          }}
        >
          <div style={{ width: 800, height: 10_000 }}>
            <Canvas controls={{ current: null }} viewOnly={false} />
          </div>
        </Profiler>
      </DesignerContext>
    </MantineProvider>,
  );
  return { document, view, actions, commits: () => commits };
}

beforeEach(() => {
  vi.spyOn(HTMLElement.prototype, "getBoundingClientRect").mockReturnValue(new DOMRect(0, 0, 800, 12_000));
  vi.spyOn(HTMLElement.prototype, "offsetWidth", "get").mockReturnValue(800);
  vi.spyOn(HTMLElement.prototype, "offsetHeight", "get").mockReturnValue(12_000);
  counts.clear();
});

it("mounts a hundred cards", () => {
  mount();
  expect([...counts.keys()].filter((id) => id.startsWith("card"))).toHaveLength(100);
});

it("renders one card and its edges when that card is dragged", () => {
  const { view } = mount();
  counts.clear();
  act(() => {
    view.setState(({ nodes }) => ({
      nodes: nodes.map((node) =>
        node.id === "step-50"
          ? { ...node, position: { x: node.position.x + 24, y: node.position.y }, dragging: true }
          : node,
      ),
    }));
  });
  expect([...counts.keys()].toSorted()).toEqual(["card step-50", "edge step-49.ok>step-50", "edge step-50.ok>step-51"]);
  expect(Math.max(...counts.values())).toBe(1);
});

it("renders one card, in at most two commits, when a step's name is typed", () => {
  const { actions, commits } = mount();
  counts.clear();
  const before = commits();
  act(() => actions.renameStep("step-50", "S"));
  expect(Object.fromEntries(counts)).toEqual({ "card step-50": 1 });
  expect(commits() - before).toBeLessThanOrEqual(2);
});

it("renders two cards and their edges when the selection moves", () => {
  const { actions } = mount();
  act(() => actions.selectSteps(["step-10"]));
  counts.clear();
  act(() => actions.selectSteps(["step-60"]));
  expect([...counts.keys()].filter((id) => id.startsWith("card")).toSorted()).toEqual(["card step-10", "card step-60"]);
  expect([...counts.keys()].filter((id) => id.startsWith("edge"))).toHaveLength(4);
});
