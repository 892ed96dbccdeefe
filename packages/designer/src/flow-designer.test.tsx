import { act, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { createRef, useState } from "react";
import { builtInSteps, type Component, createStepRegistry, type DataflowRunner } from "@onceflow/step-runtime";
import { forTestCode } from "@onceflow/step-runtime/testing";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { FlowDesigner, type FlowDesignerHandle, type FlowDesignerProps } from "./flow-designer.tsx";

const steps = createStepRegistry(builtInSteps);

beforeEach(() => {
  vi.spyOn(HTMLElement.prototype, "getBoundingClientRect").mockReturnValue(new DOMRect(0, 0, 1440, 900));
});

function open(props: Partial<FlowDesignerProps> = {}) {
  const ref = createRef<FlowDesignerHandle>();
  const onChange = vi.fn<(component: Component) => void>();
  const shown = render(
    <FlowDesigner ref={ref} component={forTestCode} steps={steps} onChange={onChange} colorScheme="light" {...props} />,
  );
  const designer = () => {
    if (!ref.current) throw new Error("not mounted");
    return ref.current;
  };
  const card = (stepId: string) => {
    const found = shown.container.querySelector<HTMLElement>(`[data-step="${stepId}"]`);
    if (!found) throw new Error(`no card ${stepId}`);
    return found;
  };
  const ids = (dataflow = 0) =>
    designer()
      .toJSON()
      .dataflows[dataflow]?.stages.flatMap((stage) => stage.steps.map(({ id }) => id));
  return { ...shown, designer, onChange, card, ids, user: userEvent.setup() };
}

/** A mouse event that knows its window, from which d3-drag goes on. */
function mouse(target: Element | Window, type: string, clientX: number): void {
  const event = new MouseEvent(type, { bubbles: true, cancelable: true, button: 0, clientX, clientY: 450 });
  Object.defineProperty(event, "view", { value: window });
  fireEvent(target, event);
}

/** A click without a press: d3-drag, inside React Flow, cannot work with user-event's pointer events. */
function press(element: HTMLElement): void {
  fireEvent.click(element);
}

describe("the palette", () => {
  it("adds a step after the selected one on Enter", async () => {
    const { user, card, ids, onChange } = open();
    press(card("user"));
    screen.getByRole("button", { name: "Execute script" }).focus();
    await user.keyboard("{Enter}");
    expect(ids()).toEqual(["model", "user", "execute-script", "code", "script", "store", "modal", "reply"]);
    expect(onChange).toHaveBeenCalledTimes(1);
    expect(card("execute-script").getAttribute("data-state")).toBe("fresh");
  });

  it("finds steps without minding case, and takes the first on Enter", async () => {
    const { user, ids } = open();
    await user.type(screen.getByRole("textbox", { name: "Find a step" }), "SCRIPT{Enter}");
    expect(ids()?.at(-1)).toBe("execute-script");
  });

  it("drops a step on a connection and splices it in", () => {
    const { container, ids } = open();
    const data = new Map([["application/x-onceflow-step", "execute-script"]]);
    const dataTransfer = {
      types: [...data.keys()],
      getData: (type: string) => data.get(type) ?? "",
      dropEffect: "none",
    };
    const edge = container.querySelector('[data-id="user.ok>code"]');
    if (!edge) throw new Error("no edge");
    fireEvent.dragOver(edge, { dataTransfer });
    expect(edge.hasAttribute("data-drop")).toBe(true);
    fireEvent.drop(edge, { dataTransfer });
    expect(ids()).toEqual(["model", "user", "execute-script", "code", "script", "store", "modal", "reply"]);
  });
});

describe("a drag", () => {
  it("is one change, at its end", async () => {
    const { card, designer, onChange } = open();
    mouse(card("store"), "mousedown", 400);
    for (const x of [440, 480, 560, 720]) mouse(window, "mousemove", x);
    expect(onChange).not.toHaveBeenCalled();
    mouse(window, "mouseup", 720);
    expect(onChange).toHaveBeenCalledTimes(1);
    expect(designer().toJSON().layout).toMatchObject({ positions: { "get-code": { store: { y: 108 } } } });
    act(() => designer().undo());
    expect(designer().toJSON().layout).toBeUndefined();
    // d3-drag swallows the click that would follow, until the next task.
    await new Promise((done) => setTimeout(done));
  });
});

describe("the keyboard", () => {
  it("walks along connections, deletes with healing, and takes it back", async () => {
    const { user, card, ids, designer } = open();
    press(card("user"));
    await user.keyboard("{ArrowDown}");
    await waitFor(() => expect(document.activeElement).toBe(card("code")));
    await user.keyboard("{Delete}");
    expect(ids()).not.toContain("code");
    expect(designer().toJSON().dataflows[0]?.stages[1]?.steps[0]?.sources).toEqual(["user"]);
    await user.keyboard("{Control>}z{/Control}");
    expect(ids()).toContain("code");
    await user.keyboard("{Control>}{Shift>}z{/Shift}{/Control}");
    expect(ids()).not.toContain("code");
  });

  it("opens a picker for the place after a step with A", async () => {
    const { user, card, ids } = open();
    press(card("user"));
    await user.keyboard("a");
    const field = screen.getByRole("combobox", { name: "Find a step" });
    expect(document.activeElement).toBe(field);
    await user.keyboard("filter{Enter}");
    expect(ids()?.slice(1, 4)).toEqual(["user", "filter-source", "code"]);
  });

  it("leaves letters to the field that is typed in", async () => {
    const { user, card } = open();
    press(card("user"));
    await user.type(screen.getByRole("textbox", { name: "Find a step" }), "ait");
    expect(screen.queryByRole("dialog", { name: "Choose a step" })).toBeNull();
  });

  it("moves a step with Alt and arrows, over the border of its stage", async () => {
    const { user, card, designer } = open();
    press(card("code"));
    await user.keyboard("{Alt>}{ArrowDown}{/Alt}");
    expect(
      designer()
        .toJSON()
        .dataflows[0]?.stages.map((stage) => stage.steps.length),
    ).toEqual([2, 5]);
  });
});

describe("the outline", () => {
  it("renames, moves and deletes steps", async () => {
    const { user, ids, designer } = open();
    await user.click(screen.getByRole("tab", { name: "Outline" }));
    const row = screen.getByRole("button", { name: "Get user info" });
    row.focus();
    await user.keyboard("{F2}");
    await user.keyboard("Who asks{Enter}");
    await waitFor(() => screen.getByRole("button", { name: "Who asks" }));
    expect(designer().toJSON().dataflows[0]?.stages[0]?.steps[1]?.name).toMatchObject({ en: "Who asks" });
    screen.getByRole("button", { name: "Who asks" }).focus();
    await user.keyboard("{Delete}");
    expect(ids()).toEqual(["model", "code", "script", "store", "modal", "reply"]);
  });
});

describe("saving", () => {
  it("says in words what is saved, and offers to try again", async () => {
    const onSave = vi
      .fn<(component: Component) => Promise<void>>()
      .mockRejectedValueOnce(new Error("offline"))
      .mockResolvedValue();
    const { user, designer } = open({ onSave });
    screen.getByText("All changes saved");
    act(() => void designer().addStep("execute-script"));
    screen.getByText("Unsaved changes");
    await user.click(screen.getByRole("button", { name: "Save" }));
    await user.click(await screen.findByRole("button", { name: "Try again" }));
    await screen.findByText("All changes saved");
    expect(onSave).toHaveBeenCalledTimes(2);
  });
});

describe("a run", () => {
  it("marks cards and fills the drawer from the runner's events", async () => {
    const run: DataflowRunner = {
      async run({ dataflowId, onEvent }) {
        onEvent?.({ type: "run-started", runId: "r", dataflowId, at: 0 });
        onEvent?.({ type: "step-started", stepId: "model", activation: 1, at: 0 });
        onEvent?.({
          type: "step-finished",
          stepId: "model",
          activation: 1,
          outcome: "ok",
          output: { data: { ForTestCode: "••••••" } },
          at: 7,
        });
        onEvent?.({ type: "run-completed", at: 7 });
        return {
          status: "completed",
          response: null,
          responseStatus: 200,
          definitions: {},
          modal: null,
          messages: [],
          error: null,
        };
      },
    };
    const { user, card } = open({ run });
    await user.click(screen.getByRole("button", { name: "Run" }));
    const drawer = await screen.findByRole("region", { name: "Last run" });
    await within(drawer).findByText("Completed");
    await user.click(within(drawer).getByRole("button", { name: /Get action model/ }));
    expect(card("model").getAttribute("aria-label")).toContain("Done");
    expect(card("user").getAttribute("aria-label")).toContain("Skipped");
    within(drawer).getByRole("img", { name: "Masked" });
  });
});

describe("the host", () => {
  it("may take every change and hand it back", async () => {
    function Host() {
      const [component, setComponent] = useState(forTestCode);
      return (
        <>
          <output>{component.dataflows[0]?.stages[1]?.steps.length}</output>
          <FlowDesigner component={component} onChange={setComponent} steps={steps} colorScheme="light" />
        </>
      );
    }
    const user = userEvent.setup();
    const { container } = render(<Host />);
    screen.getByRole("button", { name: "Execute script" }).focus();
    await user.keyboard("{Enter}{Enter}");
    expect(container.querySelector("output")?.textContent).toBe("6");
    expect(screen.getByRole("button", { name: /^Undo add/ }).getAttribute("aria-disabled")).toBeNull();
  });

  it("opens another component with a new history", () => {
    const { rerender, designer, onChange } = open();
    act(() => void designer().addStep("execute-script"));
    const other: Component = { ...forTestCode, id: "other", dataflows: forTestCode.dataflows.slice(1) };
    rerender(<FlowDesigner component={other} steps={steps} onChange={onChange} colorScheme="light" />);
    expect(screen.getByRole("button", { name: "Undo" }).getAttribute("aria-disabled")).toBe("true");
    expect(onChange).toHaveBeenCalledTimes(1);
  });

  it("may show several designers, which share nothing", async () => {
    const user = userEvent.setup();
    const onFirst = vi.fn();
    const onSecond = vi.fn();
    const { container } = render(
      <>
        <FlowDesigner component={forTestCode} steps={steps} onChange={onFirst} colorScheme="light" />
        <FlowDesigner component={forTestCode} steps={steps} onChange={onSecond} colorScheme="dark" locale="fr" />
      </>,
    );
    const second = container.querySelectorAll<HTMLElement>(".onceflow-designer")[1];
    if (!second) throw new Error("no second designer");
    press(within(second).getByText("Exécuter le script", { selector: ".of-card b" }));
    await user.keyboard("{Delete}");
    expect(onSecond).toHaveBeenCalledTimes(1);
    expect(onFirst).not.toHaveBeenCalled();
    expect(second.getAttribute("data-mantine-color-scheme")).toBe("dark");
  });

  it("gets no edit out of a read-only designer", async () => {
    const { user, card, onChange } = open({ readOnly: true });
    press(card("code"));
    await user.keyboard("{Delete}a");
    expect(screen.queryByRole("dialog", { name: "Choose a step" })).toBeNull();
    expect(onChange).not.toHaveBeenCalled();
  });
});
