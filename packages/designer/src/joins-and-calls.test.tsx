import { fireEvent, render, screen, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { createRef } from "react";
import {
  builtInSteps,
  type Component,
  createStepRegistry,
  type DataflowRunner,
  type RunResult,
  validateComponent,
} from "@onceflow/step-runtime";
import { createBrowserRun, createFixedClock } from "@onceflow/step-runtime/memory";
import {
  buildComponent,
  buildDataflow,
  createMemoryOneTimeCodes,
  createPlainScriptRunner,
  forksAndCalls,
} from "@onceflow/step-runtime/testing";
import { beforeEach, expect, it, vi } from "vitest";
import { FlowDesigner, type FlowDesignerHandle } from "./flow-designer.tsx";

const steps = createStepRegistry(builtInSteps);
const model = { id: "model", type: "get-action-model" };

beforeEach(() => {
  vi.spyOn(HTMLElement.prototype, "getBoundingClientRect").mockReturnValue(new DOMRect(0, 0, 1440, 900));
});

function open(component: Component) {
  const clock = createFixedClock();
  const runner = createBrowserRun({
    steps,
    clock,
    oneTimeCodes: createMemoryOneTimeCodes({ clock }),
    scriptRunner: createPlainScriptRunner(() => {}),
  });
  let result: RunResult | null = null;
  const run: DataflowRunner = { run: async (request) => (result = await runner.run(request)) };
  const ref = createRef<FlowDesignerHandle>();
  const { container } = render(
    <FlowDesigner ref={ref} component={component} steps={steps} run={run} colorScheme="light" />,
  );
  const user = userEvent.setup();
  return {
    user,
    result: () => result,
    component: () => ref.current?.toJSON() as Component,
    select: (id: string) => fireEvent.click(container.querySelector(`[data-step="${id}"]`) as Element),
    addAfterSelected: async (name: string) => {
      screen.getByRole("button", { name }).focus();
      await user.keyboard("{Enter}");
    },
    panel: within(screen.getByRole("region", { name: "Parameters" })),
    run: async () => {
      await user.click(screen.getByRole("button", { name: "Run" }));
      const drawer = await screen.findByRole("region", { name: "Last run" });
      await within(drawer).findByText("Completed");
      return drawer;
    },
  };
}

it("lets two paths meet in a join that is put between and given both as sources", async () => {
  const set = (id: string, values: Record<string, unknown>) => ({
    id,
    type: "set-definitions",
    name: id,
    sources: ["model"],
    settings: { values },
  });
  const forked = buildComponent({
    definitions: ["A", "B"].map((name) => ({ name, type: "string" as const })),
    dataflows: [
      buildDataflow([
        model,
        set("left", { A: "one" }),
        set("right", { B: "two" }),
        { id: "reply", type: "write-response", sources: ["left", "right"] },
      ]),
    ],
  });
  expect(validateComponent(forked, steps)).toMatchObject([{ code: "merge-needs-join" }]);
  const { user, component, select, addAfterSelected, panel, run, result } = open(forked);
  select("right");
  await addAfterSelected("Join models");
  await user.click(panel.getByRole("button", { name: "Add another source" }));
  await user.selectOptions(panel.getByLabelText("Source step 2"), "left");
  select("reply");
  await user.selectOptions(panel.getByLabelText("Source step"), "");
  expect(validateComponent(component(), steps)).toEqual([]);
  await run();
  expect(result()?.response).toEqual({ A: "one", B: "two" });
});

it("calls a dataflow that is chosen in the panel, and tells its steps inside the run", async () => {
  const [, , greet] = forksAndCalls.dataflows;
  if (!greet) throw new Error("no dataflow");
  const calling = {
    ...forksAndCalls,
    page: { controls: [] },
    dataflows: [buildDataflow([model, { id: "reply", type: "write-response" }]), greet],
  };
  const { user, component, select, addAfterSelected, panel, run } = open(calling);
  select("model");
  await addAfterSelected("Execute dataflow");
  await user.selectOptions(panel.getByLabelText(/^Dataflow/), "greet");
  await user.selectOptions(panel.getByLabelText("Add a definition…"), "Name");
  expect(component().dataflows[0]?.stages[0]?.steps[1]).toMatchObject({
    type: "execute-dataflow",
    sources: ["model"],
    settings: { dataflow: "greet", input: { Name: { $path: "" } } },
  });
  await user.type(panel.getByLabelText("Name"), "data.Greeting");

  const drawer = within(await run());
  const rows = drawer.getAllByRole("listitem").map((row) => row.textContent);
  expect(rows.map((row) => row?.replace(/\d+ ms$/, ""))).toEqual([
    "model",
    "Execute dataflow",
    "Get action model",
    "Write response",
    "reply",
  ]);
  select("model");
  drawer.getByText("Step 1 / 3");
  await user.click(drawer.getByRole("button", { name: /Get action model/ }));
  screen.getByDisplayValue("Get action model");
});
