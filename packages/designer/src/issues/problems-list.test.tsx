import { fireEvent, render, screen, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { builtInSteps, type Component, createStepRegistry } from "@onceflow/step-runtime";
import { forTestCode } from "@onceflow/step-runtime/testing";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { FlowDesigner } from "../flow-designer.tsx";

const steps = createStepRegistry(builtInSteps);

beforeEach(() => {
  vi.spyOn(HTMLElement.prototype, "getBoundingClientRect").mockReturnValue(new DOMRect(0, 0, 1440, 900));
});

/** Two errors: one in each dataflow. */
function broken(): Component {
  const component = structuredClone(forTestCode);
  const [first, second] = component.dataflows;
  const code = first?.stages[0]?.steps[2];
  const confirm = second?.stages[0]?.steps[2];
  if (code?.settings) code.settings["codeLifetimeSeconds"] = 30;
  if (confirm) delete confirm.settings;
  return component;
}

async function open(component: Component) {
  const user = userEvent.setup();
  const { container } = render(<FlowDesigner component={component} steps={steps} colorScheme="light" />);
  await user.click(screen.getByRole("tab", { name: /^Problems/ }));
  const panel = within(screen.getByRole("region", { name: "Parameters" }));
  return {
    user,
    root: container.firstElementChild as HTMLElement,
    list: within(screen.getByRole("tabpanel", { name: /^Problems/ })),
    stepName: () => panel.getByLabelText<HTMLInputElement>("Step name").value,
  };
}

describe("ProblemsList", () => {
  it("says when there are none", async () => {
    const { list } = await open(forTestCode);
    expect(list.getByText("No problems")).toBeTruthy();
  });

  it("leads to the step, in whatever dataflow it stands", async () => {
    const { user, list, stepName } = await open(broken());
    const rows = within(list.getByRole("region", { name: "2 errors" })).getAllByRole("button");
    expect(rows).toHaveLength(2);
    expect(rows[1]?.textContent).toContain("Confirm code › Confirm one-time code for user");
    await user.click(rows[1] as HTMLElement);
    expect(stepName()).toBe("Confirm one-time code for user");
  });

  it("walks by F8 and Shift+F8, around the ends", async () => {
    const { root, stepName } = await open(broken());
    fireEvent.keyDown(root, { key: "F8" });
    expect(stepName()).toBe("Get one-time code for user");
    fireEvent.keyDown(root, { key: "F8" });
    expect(stepName()).toBe("Confirm one-time code for user");
    fireEvent.keyDown(root, { key: "F8" });
    expect(stepName()).toBe("Get one-time code for user");
    fireEvent.keyDown(root, { key: "F8", shiftKey: true });
    expect(stepName()).toBe("Confirm one-time code for user");
  });
});
