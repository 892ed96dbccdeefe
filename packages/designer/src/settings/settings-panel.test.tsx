import { act, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { builtInSteps, type Component, createStepRegistry, type Step } from "@onceflow/step-runtime";
import { forTestCode } from "@onceflow/step-runtime/testing";
import { createRef } from "react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { FlowDesigner, type FlowDesignerHandle, type FlowDesignerProps } from "../flow-designer.tsx";

const steps = createStepRegistry(builtInSteps);
const clients = [
  { id: "digital-workplace", name: "Digital Workplace", test: true },
  { id: "portal", name: "Portal", test: false },
];

beforeEach(() => {
  vi.spyOn(HTMLElement.prototype, "getBoundingClientRect").mockReturnValue(new DOMRect(0, 0, 1440, 900));
});

function open(props: Partial<FlowDesignerProps> = {}) {
  const ref = createRef<FlowDesignerHandle>();
  const { container } = render(
    <FlowDesigner ref={ref} component={forTestCode} steps={steps} clients={clients} colorScheme="light" {...props} />,
  );
  const component = () => ref.current?.toJSON() as Component;
  return {
    user: userEvent.setup(),
    component,
    undo: () => act(() => ref.current?.undo()),
    step: (id: string, dataflow = 0) =>
      component()
        .dataflows[dataflow]?.stages.flatMap((stage) => stage.steps)
        .find((one) => one.id === id) as Step,
    // d3-drag, inside React Flow, cannot work with user-event's pointer events.
    select: (id: string) => fireEvent.click(container.querySelector(`[data-step="${id}"]`) as Element),
    panel: within(screen.getByRole("region", { name: props.locale === "fr" ? "Paramètres" : "Parameters" })),
  };
}

describe("the fields every step has", () => {
  it("renames the step with each letter, as one undo entry", async () => {
    const { user, select, panel, step, undo } = open();
    select("user");
    const field = panel.getByLabelText("Step name");
    await user.type(field, "!!");
    expect(step("user").name).toMatchObject({ en: "Get user info!!" });
    await user.tab();
    undo();
    expect(step("user").name).toMatchObject({ en: "Get user info" });
  });

  it("draws the edge that the source step says, and offers no step that comes later", async () => {
    const { user, select, panel, step } = open();
    select("code");
    const source = panel.getByLabelText("Source step");
    expect(within(source).queryByRole("option", { name: "Execute script" })).toBeNull();
    await user.selectOptions(source, "model.invalid");
    expect(step("code").sources).toEqual(["model.invalid"]);
    await user.click(panel.getByRole("button", { name: "Add another source" }));
    await user.selectOptions(panel.getByLabelText("Source step 2"), "user");
    expect(step("code").sources).toEqual(["model.invalid", "user"]);
  });

  it("calls them as the source documentation does, in French", () => {
    const { select, panel } = open({ locale: "fr" });
    select("code");
    for (const name of [
      "Nom de l’étape",
      "Étape source",
      /^Nom d’utilisateur/,
      "Client pour la demande",
      "Durée de vie du code",
    ]) {
      expect(panel.getByLabelText(name)).toBeTruthy();
    }
  });
});

describe("settings", () => {
  it("stores a duration as whole seconds and keeps the text until the field is left", async () => {
    const { user, select, panel, step } = open();
    select("code");
    const field = panel.getByLabelText<HTMLInputElement>("Code life time");
    await user.clear(field);
    await user.type(field, "2m");
    expect(field.value).toBe("2m");
    expect(step("code").settings).toMatchObject({ codeLifetimeSeconds: 120 });
    await user.tab();
    expect(field.value).toBe("120");
    await user.click(panel.getByRole("button", { name: "10 min" }));
    expect(step("code").settings).toMatchObject({ codeLifetimeSeconds: 600 });
  });

  it("complains about what is no duration when the field is left, and keeps the stored value", async () => {
    const { user, select, panel, step } = open();
    select("code");
    const field = panel.getByLabelText<HTMLInputElement>("Code life time");
    await user.type(field, "x");
    expect(panel.queryByText(/This is not a duration/)).toBeNull();
    await user.tab();
    expect(panel.getByText(/This is not a duration/)).toBeTruthy();
    expect(field.value).toBe("300x");
    expect(field.getAttribute("aria-invalid")).toBe("true");
    expect(step("code").settings).toMatchObject({ codeLifetimeSeconds: 300 });
  });

  it("stores a duration out of range as typed, so that validation says where", async () => {
    const { user, select, panel, step } = open();
    select("code");
    const field = panel.getByLabelText("Code life time");
    await user.clear(field);
    await user.type(field, "30");
    await user.tab();
    expect(step("code").settings).toMatchObject({ codeLifetimeSeconds: 30 });
    expect(await panel.findByText(/from 60 to 600/)).toBeTruthy();
  });

  it("keeps a duration that a file reads from the model a path", async () => {
    const component = structuredClone(forTestCode);
    const [, , code] = component.dataflows[0]?.stages[0]?.steps ?? [];
    Object.assign(code?.settings ?? {}, { codeLifetimeSeconds: { $path: "data.lifetime" } });
    const { user, select, panel, step } = open({ component });
    select("code");
    const field = panel.getByDisplayValue("data.lifetime");
    await user.type(field, "Seconds");
    expect(document.activeElement).toBe(field);
    expect(step("code").settings).toMatchObject({ codeLifetimeSeconds: { $path: "data.lifetimeSeconds" } });
  });

  it("gives a text as it is, by path or by template", async () => {
    const { user, select, panel, step } = open();
    select("code");
    const field = () => panel.getByLabelText<HTMLInputElement>(/^User name/);
    expect(field().value).toBe("_user.userName");
    await user.click(panel.getByRole("button", { name: "Template" }));
    expect(step("code").settings).toMatchObject({ userName: { $template: "_user.userName" } });
    await user.click(panel.getByRole("button", { name: "Literal" }));
    await user.clear(field());
    await user.type(field(), "alice");
    expect(step("code").settings).toMatchObject({ userName: "alice" });
    await user.clear(field());
    expect(step("code").settings).not.toHaveProperty("userName");
  });

  it("picks a path from what the earlier steps add", async () => {
    const { user, select, panel, step } = open();
    select("code");
    await user.click(panel.getByRole("button", { name: "Pick a path from the model" }));
    await user.click(panel.getByRole("button", { name: /^_user\.email/ }));
    expect(step("code").settings).toMatchObject({ userName: { $path: "_user.email" } });
  });

  it("says when a chosen client is a test client, and takes the setting out for the caller’s own", async () => {
    const { user, select, panel, step } = open();
    select("code");
    expect(panel.getByText(/^Test client\./)).toBeTruthy();
    await user.selectOptions(panel.getByLabelText("Client for request"), "");
    expect(step("code").settings).not.toHaveProperty("clientForRequest");
  });

  it("folds the advanced ones and counts them", async () => {
    const { user, select, panel, step } = open();
    select("code");
    expect(panel.queryByLabelText("Alphabet")).toBeNull();
    await user.click(panel.getByRole("button", { name: /Advanced.*3 settings, all default/ }));
    await user.selectOptions(panel.getByLabelText("Alphabet"), "unambiguous30");
    expect(step("code").settings).toMatchObject({ alphabet: "unambiguous30" });
    expect(panel.getByRole("button", { name: /Advanced.*3 settings, 1 set/ })).toBeTruthy();
  });

  it("edits values of definitions", async () => {
    const { user, select, panel, step } = open();
    select("store");
    await user.type(panel.getByLabelText("ForTestCode"), "2");
    expect(step("store").settings).toEqual({ values: { ForTestCode: { $path: "new_code2" } } });
    await user.click(panel.getByRole("button", { name: "Remove ForTestCode" }));
    expect(step("store").settings).toBeUndefined();
    await user.selectOptions(panel.getByLabelText("Add a definition…"), "ForTestCode");
    expect(step("store").settings).toEqual({ values: { ForTestCode: { $path: "" } } });
  });

  it("keeps JSON that is not JSON yet in the field only", async () => {
    const { user, select, panel, step } = open();
    select("reply");
    const field = panel.getByLabelText(/^Value/);
    await user.click(field);
    await user.paste('{ "sent": ');
    await user.tab();
    expect(panel.getByText(/This is not JSON yet/)).toBeTruthy();
    expect(step("reply").settings).toBeUndefined();
    await user.click(field);
    await user.paste("true }");
    expect(step("reply").settings).toEqual({ value: { sent: true } });
  });

  it("changes a modal where it is chosen, in the designer’s language", async () => {
    const { user, select, panel, component } = open();
    select("modal");
    await user.click(panel.getByRole("button", { name: "Edit modal" }));
    await user.type(panel.getByLabelText("Title of the modal"), "!");
    await user.type(panel.getByLabelText("Button 2"), " it");
    expect(component().modals[0]).toMatchObject({
      title: { en: "One-time code!", fr: "Code à usage unique" },
      controls: [{}, { label: { en: "Close it" } }],
    });
  });
});

describe("the rest of the panel", () => {
  it("keeps notes in the layout and leaves nothing of an emptied one", async () => {
    const { user, select, panel, component } = open();
    select("code");
    await user.click(panel.getByRole("tab", { name: "Notes" }));
    await user.type(panel.getByLabelText("Note"), "why");
    expect(component().layout).toEqual({ notes: { "get-code": { code: "why" } } });
    await user.clear(panel.getByLabelText("Note"));
    expect(component().layout).toBeUndefined();
  });

  it("edits the component when no step is selected", async () => {
    const { user, panel, component } = open();
    await user.type(panel.getByLabelText("Name of a new definition"), "UserName{Enter}");
    expect(component().definitions.at(-1)).toEqual({ name: "UserName", type: "string" });
    await user.click(panel.getByRole("button", { name: "Add a modal" }));
    expect(component().modals).toHaveLength(2);
  });

  it("deletes and duplicates", async () => {
    const { user, select, panel, step } = open();
    select("user");
    await user.click(panel.getByRole("button", { name: "Duplicate" }));
    expect(step("user-2")).toBeDefined();
    select("user-2");
    await user.click(panel.getByRole("button", { name: "Delete" }));
    expect(step("user-2")).toBeUndefined();
  });

  it("shows a step of an unknown type as it stands in the file", () => {
    const unknown = structuredClone(forTestCode);
    const step = unknown.dataflows[0]?.stages[0]?.steps[1];
    if (step) step.type = "crm-lookup";
    const { select, panel } = open({ component: unknown });
    select("user");
    expect(panel.getByText(/“crm-lookup” is not registered/)).toBeTruthy();
    expect(panel.getByText(/"fromRequest": true/)).toBeTruthy();
  });

  it("changes nothing in a read-only designer", async () => {
    const { user, select, panel, step } = open({ readOnly: true });
    select("code");
    await user.type(panel.getByLabelText("Step name"), "x");
    expect(step("code").name).toMatchObject({ en: "Get one-time code for user" });
    expect(panel.queryByRole("button", { name: "Delete" })).toBeNull();
    await waitFor(() => expect(panel.getByLabelText<HTMLSelectElement>("Client for request").disabled).toBe(true));
  });
});
