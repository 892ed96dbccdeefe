import { act, fireEvent, render, screen, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { builtInSteps, type Component, createStepRegistry, printComponent } from "@onceflow/step-runtime";
import { forTestCode } from "@onceflow/step-runtime/testing";
import { createRef } from "react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { FlowDesigner, type FlowDesignerHandle, type FlowDesignerProps } from "../flow-designer.tsx";
import { foundInstead } from "./found-instead.ts";
import { readImportFile } from "./read-import.ts";

const steps = createStepRegistry(builtInSteps);
const other: Component = { ...forTestCode, id: "other", name: "Other", dataflows: forTestCode.dataflows.slice(0, 1) };

beforeEach(() => {
  vi.spyOn(HTMLElement.prototype, "getBoundingClientRect").mockReturnValue(new DOMRect(0, 0, 1440, 900));
});

function open(props: Partial<FlowDesignerProps> = {}) {
  const ref = createRef<FlowDesignerHandle>();
  const { container } = render(
    <FlowDesigner ref={ref} component={forTestCode} steps={steps} colorScheme="light" {...props} />,
  );
  return {
    user: userEvent.setup(),
    root: container.firstElementChild as HTMLElement,
    component: () => ref.current?.toJSON(),
    undo: () => act(() => ref.current?.undo()),
  };
}

async function paste(user: ReturnType<typeof userEvent.setup>, text: string) {
  await user.click(screen.getByRole("button", { name: "Import" }));
  const dialog = within(screen.getByRole("dialog", { name: "Import a component" }));
  await user.click(dialog.getByLabelText("Or paste its JSON"));
  await user.paste(text);
  return dialog;
}

describe("ImportDialog", () => {
  it("says what will change, replaces, and is one undo entry", async () => {
    const { user, component, undo } = open();
    const dialog = await paste(user, printComponent(other));
    expect(dialog.getByRole("status").textContent).toBe(
      "Replaces “Get one-time code for user, confirm code” with “Other”: 1 dataflow, 7 steps.",
    );
    expect(component()?.id).toBe("for-test-code");
    await user.click(dialog.getByRole("button", { name: "Replace" }));
    expect(component()).toEqual(other);
    expect(screen.queryByRole("dialog")).toBeNull();
    undo();
    expect(component()).toEqual(forTestCode);
  });

  it("places each problem of a broken file", async () => {
    const { user, component } = open();
    const dialog = await paste(
      user,
      '{ "format": "onceflow/component",\n"formatVersion": 1,\n"id": "Bad Id",\n"name": 3, "dataflows": [] }',
    );
    expect(dialog.getByText("2 problems keep this from being a component.")).toBeTruthy();
    expect(dialog.getByText("3:1")).toBeTruthy();
    expect(dialog.getByText("4:1")).toBeTruthy();
    expect(dialog.getByRole<HTMLButtonElement>("button", { name: "Replace" }).disabled).toBe(true);
    await user.keyboard("{Escape}");
    expect(screen.queryByRole("dialog")).toBeNull();
    expect(component()).toEqual(forTestCode);
  });

  it("says what it found instead of a component", async () => {
    const { user, component } = open();
    const dialog = await paste(user, '{"nodes": [], "connections": {}}');
    expect(dialog.getByText("This is a JSON object with the keys nodes, connections.")).toBeTruthy();
    expect(dialog.getByText(/Expected a component.*stays as it was/)).toBeTruthy();
    expect(component()).toEqual(forTestCode);
  });

  it("takes a file dropped anywhere on the designer", async () => {
    const { root } = open();
    const file = new File([printComponent(other)], "other.component.json");
    fireEvent.drop(root, { dataTransfer: { types: ["Files"], files: [file] } });
    expect(await screen.findByText(/with “Other”/)).toBeTruthy();
    expect(screen.getByText("other.component.json")).toBeTruthy();
  });

  it("is not there for a read-only designer", () => {
    const { root } = open({ readOnly: true });
    fireEvent.drop(root, { dataTransfer: { types: ["Files"], files: [new File(["{}"], "x.json")] } });
    expect(screen.queryByRole("dialog")).toBeNull();
  });
});

describe("reading a file", () => {
  it("does not open one that is too large", async () => {
    const file = new File(["x"], "big.json");
    const bytes = vi.spyOn(file, "arrayBuffer");
    Object.defineProperty(file, "size", { value: 9 * 1024 * 1024 });
    expect(await readImportFile(file)).toEqual({ kind: "too-large", bytes: 9 * 1024 * 1024 });
    expect(bytes).not.toHaveBeenCalled();
  });

  it("survives deep nesting", async () => {
    expect((await readImportFile(new File(["[".repeat(200_000)], "deep.json"))).kind).not.toBe("ready");
  });

  it.each([
    ["", "import.found.nothing"],
    ["<!doctype html>", "import.found.markup"],
    ["hello", "import.found.text"],
    ["[1, 2]", "import.found.list"],
    ["3", "import.found.value"],
    ["{}", "import.found.emptyObject"],
    ['{"format": "onceflow/steps"}', "import.found.steps"],
    ['{"format": "bpmn"}', "import.found.format"],
  ])("names %j", (text, id) => {
    expect(foundInstead(text)?.id).toBe(id);
  });

  it("names binary files", async () => {
    expect(await readImportFile(new File([new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0xff])], "x.png"))).toMatchObject({
      found: { id: "import.found.binary" },
    });
  });
});
