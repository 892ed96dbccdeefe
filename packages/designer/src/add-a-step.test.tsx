import { fireEvent, render, screen, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { createRef } from "react";
import {
  type AnyStep,
  builtInSteps,
  type Component,
  createStepRegistry,
  validateComponent,
} from "@onceflow/step-runtime";
import { createBrowserRun, createFixedClock } from "@onceflow/step-runtime/memory";
import { createMemoryOneTimeCodes, createPlainScriptRunner } from "@onceflow/step-runtime/testing";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { FlowDesigner, type FlowDesignerHandle } from "./flow-designer.tsx";

// A variable keeps the type checker from looking for a file: the module is made from the docs page, see vitest.config.ts.
const docsPage = "./greet-by-time.from-docs.ts";
const { greetByTime } = (await import(docsPage)) as { readonly greetByTime: AnyStep };
const steps = createStepRegistry([...builtInSteps, greetByTime]);

const empty: Component = {
  format: "onceflow/component",
  formatVersion: 1,
  id: "greeting",
  name: "Greeting",
  definitions: [],
  page: { controls: [] },
  modals: [],
  templates: [],
  dataflows: [
    {
      id: "greet",
      name: "Greet",
      stages: [{ id: "only", name: "Only", steps: [{ id: "model", type: "get-action-model", name: "Start" }] }],
    },
  ],
};

const replied: Component = {
  ...empty,
  dataflows: [
    {
      id: "greet",
      name: "Greet",
      stages: [
        {
          id: "only",
          name: "Only",
          steps: [
            { id: "model", type: "get-action-model", name: "Start" },
            { id: "greet", type: "greet-by-time", name: "Greet", sources: ["model"], settings: { name: "Dana" } },
            {
              id: "reply",
              type: "write-response",
              name: "Reply",
              sources: ["greet.day", "greet.night"],
              settings: { value: { $path: "greeting" } },
            },
          ],
        },
      ],
    },
  ],
};

beforeEach(() => {
  vi.spyOn(HTMLElement.prototype, "getBoundingClientRect").mockReturnValue(new DOMRect(0, 0, 1440, 900));
});

describe("the step that docs/add-a-step.md teaches", () => {
  it("stands in the palette and has its fields in the panel", async () => {
    const ref = createRef<FlowDesignerHandle>();
    const { container } = render(<FlowDesigner ref={ref} component={empty} steps={steps} colorScheme="light" />);
    const user = userEvent.setup();
    const model = container.querySelector<HTMLElement>('[data-step="model"]');
    if (!model) throw new Error("no card");
    fireEvent.click(model);
    screen.getByRole("button", { name: "Greet by time" }).focus();
    await user.keyboard("{Enter}");
    const card = container.querySelector<HTMLElement>('[data-step="greet-by-time"]');
    if (!card) throw new Error("no card");
    fireEvent.click(card);
    const panel = within(screen.getByRole("tabpanel", { name: "Parameters" }));
    expect(panel.getByRole("textbox", { name: "Step name" })).toHaveProperty("value", "Greet by time");
    await user.type(panel.getByRole("textbox", { name: "Name" }), "Dana");
    expect(panel.getByText("Tone")).toBeDefined();
    expect(ref.current?.toJSON().dataflows[0]?.stages[0]?.steps[1]).toMatchObject({
      type: "greet-by-time",
      sources: ["model"],
      settings: { name: "Dana" },
    });
  });

  it("tells on its card what it does", () => {
    const { container } = render(<FlowDesigner component={replied} steps={steps} colorScheme="light" />);
    expect(container.querySelector('[data-step="greet"]')?.textContent).toContain("Greets Dana");
  });

  it("is validated like a built-in one", () => {
    expect(validateComponent(replied, steps)).toEqual([]);
    const wrong = structuredClone(replied);
    const step = wrong.dataflows[0]?.stages[0]?.steps[1];
    if (step) step.settings = { tone: "loud" };
    expect(validateComponent(wrong, steps)).toMatchObject([
      { severity: "error", code: "invalid-setting", stepId: "greet" },
    ]);
  });

  it.each([
    [Date.UTC(2026, 0, 1, 10), "Good day, Dana!"],
    [Date.UTC(2026, 0, 1, 23), "Good night, Dana!"],
  ])("runs: at %i it answers %s", async (now, greeting) => {
    const clock = createFixedClock(now);
    const runner = createBrowserRun({
      steps,
      clock,
      oneTimeCodes: createMemoryOneTimeCodes({ clock }),
      scriptRunner: createPlainScriptRunner(() => {}),
    });
    const result = await runner.run({ component: replied, dataflowId: "greet", input: {} });
    expect(result).toMatchObject({ status: "completed", response: greeting });
  });
});
