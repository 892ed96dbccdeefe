import { act, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { builtInSteps, type Component, createStepRegistry } from "@onceflow/step-runtime";
import { createBrowserRun, systemClock } from "@onceflow/step-runtime/memory";
import { createMemoryOneTimeCodes, createPlainScriptRunner, forTestCode } from "@onceflow/step-runtime/testing";
import { createRef } from "react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { FlowDesigner, type FlowDesignerHandle } from "../flow-designer.tsx";
import { liveModal } from "./live-modal.ts";
import { previewStates } from "./preview-states.ts";
import { runFingerprint } from "./run-fingerprint.ts";

const steps = createStepRegistry(builtInSteps);
const session = { userName: "demo", clientName: "Digital Workplace", testMode: true };

beforeEach(() => {
  vi.spyOn(HTMLElement.prototype, "getBoundingClientRect").mockReturnValue(new DOMRect(0, 0, 1440, 900));
});

/** The real interpreter; only the two scripts of the component are played by functions. */
function createRun() {
  const scriptRunner = createPlainScriptRunner((item, code) => {
    const data = item["data"] as Record<string, string>;
    if (code.includes("new_code")) item["new_code"] = (item["oneTimeCode"] as Record<string, string>)["code"];
    else item["_code"] = data["ForTestCode"] ?? "";
  });
  const run = createBrowserRun({ scriptRunner, oneTimeCodes: createMemoryOneTimeCodes({ clock: systemClock }) });
  return { run: vi.fn<typeof run.run>((request) => run.run(request)) };
}

async function open(runner: ReturnType<typeof createRun> | null = createRun()) {
  const ref = createRef<FlowDesignerHandle>();
  const { container } = render(
    <FlowDesigner
      ref={ref}
      component={forTestCode}
      steps={steps}
      session={session}
      colorScheme="light"
      {...(runner && { run: runner })}
    />,
  );
  const column = within(screen.getByRole("region", { name: "Preview" }));
  const panel = within(screen.getByRole("region", { name: "Parameters" }));
  const page = () => {
    const body = container.querySelector("iframe")?.contentDocument?.body;
    if (!body) throw new Error("The frame has no document.");
    return within(body);
  };
  const frame = container.querySelector("iframe");
  // jsdom knows no srcdoc: its frame is empty and loads while React is committing, when React hears no events.
  if (frame) fireEvent.load(frame);
  if (runner) await waitFor(() => page().getByRole("button", { name: "Get code" }));
  const select = (id: string) => fireEvent.click(container.querySelector(`[data-step="${id}"]`) as Element);
  return { user: userEvent.setup(), container, column, panel, page, select, ref };
}

describe("PreviewColumn", () => {
  it("says what to pass when there is nothing to run with", async () => {
    const { column, container } = await open(null);
    expect(column.getByText(/createBrowserRun\(/)).toBeTruthy();
    expect(container.querySelector("iframe")).toBeNull();
  });

  it("lets no script run in its frame", async () => {
    const { container } = await open();
    expect(container.querySelector("iframe")?.getAttribute("sandbox")).toBe("allow-same-origin allow-forms");
  });

  it("runs the unsaved component and shows its modal, and the cards light up", async () => {
    const { page, container, user } = await open();
    await user.click(page().getByRole("button", { name: "Get code" }));
    expect(await page().findByRole("img", { name: "1 0 0 0 0 1" })).toBeTruthy();
    expect(container.querySelectorAll('[data-step] [data-kind="done"]')).toHaveLength(7);
  });

  it("follows a run that the bar started", async () => {
    const { page } = await open();
    fireEvent.click(screen.getByRole("button", { name: "Run" }));
    expect(await page().findByRole("dialog", { name: "One-time code" })).toBeTruthy();
  });

  it("shows a changed title in the open modal at once, without a run", async () => {
    const runner = createRun();
    const { page, panel, select, user } = await open(runner);
    await user.click(page().getByRole("button", { name: "Get code" }));
    await page().findByRole("dialog", { name: "One-time code" });
    select("modal");
    await user.click(panel.getByRole("button", { name: "Edit modal" }));
    await user.type(panel.getByLabelText("Title of the modal"), "!");
    expect(page().getByRole("dialog", { name: "One-time code!" })).toBeTruthy();
    expect(runner.run).toHaveBeenCalledTimes(1);
  });

  it("runs again when a step of the last run changes, and leaves the focus where a person types", async () => {
    const runner = createRun();
    const { page, panel, select, user } = await open(runner);
    await user.click(page().getByRole("button", { name: "Get code" }));
    await page().findByRole("img", { name: "1 0 0 0 0 1" });
    select("code");
    const field = panel.getByLabelText("Code life time");
    await user.clear(field);
    await user.type(field, "2m");
    expect(await page().findByRole("img", { name: "1 0 0 0 0 2" })).toBeTruthy();
    expect(runner.run).toHaveBeenCalledTimes(2);
    expect(document.activeElement).toBe(field);
    // A name changes nothing that runs: the next code is the third, not the fourth.
    await user.type(panel.getByLabelText("Step name"), "!");
    await user.clear(field);
    await user.type(field, "3m");
    expect(await page().findByRole("img", { name: "1 0 0 0 0 3" })).toBeTruthy();
    expect(runner.run).toHaveBeenCalledTimes(3);
  });

  it("keeps the last good run while the dataflow has problems", async () => {
    const runner = createRun();
    const { page, panel, column, select, user } = await open(runner);
    await user.click(page().getByRole("button", { name: "Get code" }));
    await page().findByRole("img", { name: "1 0 0 0 0 1" });
    select("code");
    const field = panel.getByLabelText("Code life time");
    await user.clear(field);
    await user.type(field, "30");
    expect(await column.findByText("The dataflow has 1 problem; the preview shows the last good run.")).toBeTruthy();
    expect(page().getByRole("img", { name: "1 0 0 0 0 1" })).toBeTruthy();
    expect(runner.run).toHaveBeenCalledTimes(1);
  });

  it("reaches its states by truly running the dataflows", async () => {
    const runner = createRun();
    const { page, column, user } = await open(runner);
    const state = column.getByLabelText("State of the page");
    await user.selectOptions(state, "Wrong code");
    expect(await page().findByText("That code is not right. You can try again.")).toBeTruthy();
    await user.selectOptions(state, "Code confirmed");
    expect(await page().findByText("Code confirmed.")).toBeTruthy();
    await user.selectOptions(state, "Code used up");
    expect(await page().findByText("This code no longer works. Get a new code.")).toBeTruthy();
    expect(runner.run.mock.calls.map(([{ dataflowId }]) => dataflowId)).toEqual([
      "get-code",
      "confirm-code",
      "get-code",
      "confirm-code",
      "get-code",
      "confirm-code",
      "confirm-code",
    ]);
    await user.selectOptions(state, "Start");
    expect(page().queryByRole("alert")).toBeNull();
  });

  it("forgets the page of a component that another took the place of", async () => {
    const { page, user, ref } = await open();
    await user.click(page().getByRole("button", { name: "Get code" }));
    await page().findByRole("dialog");
    const other = { ...forTestCode, id: "other" };
    fireEvent.drop(document.querySelector(".onceflow-designer") as Element, {
      dataTransfer: { types: ["Files"], files: [new File([JSON.stringify(other)], "o.json")] },
    });
    fireEvent.click(await screen.findByRole("button", { name: "Replace" }));
    await waitFor(() => expect(page().queryByRole("dialog")).toBeNull());
    act(() => ref.current?.undo());
  });
});

describe("what a preview is made of", () => {
  const shown = { id: "code", title: "Old", controls: [{ type: "label", definition: "ForTestCode", value: "482913" }] };

  it("gives a changed modal the values that the run gave", () => {
    const live = liveModal(shown, forTestCode);
    expect(live?.title).toEqual({ en: "One-time code", fr: "Code à usage unique" });
    expect(live?.controls).toMatchObject([{ type: "label", value: "482913" }, { type: "button" }]);
  });

  it("offers no state that types a code which nobody can read", () => {
    expect(previewStates(forTestCode, false).map(({ id }) => id)).toEqual(["start", "modal", "wrong-code"]);
    expect(previewStates({ ...forTestCode, page: { controls: [] } }, true).map(({ id }) => id)).toEqual(["start"]);
  });

  it("runs again for settings and sources, not for names and positions", () => {
    const before = runFingerprint(forTestCode, "get-code");
    const renamed: Component = structuredClone(forTestCode);
    const step = renamed.dataflows[0]?.stages[0]?.steps[2];
    if (!step) throw new Error("no step");
    step.name = "Other name";
    renamed.layout = { positions: {} };
    expect(runFingerprint(renamed, "get-code")).toBe(before);
    step.settings = { ...step.settings, codeLifetimeSeconds: 60 };
    expect(runFingerprint(renamed, "get-code")).not.toBe(before);
  });
});
