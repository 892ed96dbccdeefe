import * as fc from "fast-check";
import { builtInSteps, type Component, createStepRegistry } from "@onceflow/step-runtime";
import { describe, expect, it } from "vitest";
import { createI18n } from "../locales/create-i18n.ts";
import { forTestCode as shared } from "@onceflow/step-runtime/testing";
import { createDesignerActions } from "./create-designer-actions.ts";
import { createDocumentStore, isDirty } from "./document-store.ts";
import { createViewStore } from "./view-store.ts";

const steps = createStepRegistry(builtInSteps);
const forTestCode = () => structuredClone(shared);

function open(component: Component = forTestCode()) {
  const document = createDocumentStore(component);
  const view = createViewStore(component.dataflows[0]?.id ?? "");
  const { t } = createI18n("en");
  const environment = () => ({ steps, locale: "en", t, readOnly: false, run: null, onSave: null, announce: () => {} });
  const actions = createDesignerActions({ document, view, environment });
  const dataflow = () => document.toComponent().dataflows.find(({ id }) => id === view.getState().activeDataflow);
  const step = (id: string) =>
    dataflow()
      ?.stages.flatMap((stage) => stage.steps)
      .find((one) => one.id === id);
  return { document, view, actions, dataflow, step };
}

describe("documents", () => {
  it("give back the very component they were made from", () => {
    const component = forTestCode();
    expect(createDocumentStore(component).toComponent()).toBe(component);
  });

  it("keep the identity of a dataflow, a stage and a step that no edit touched", () => {
    const component = forTestCode();
    const { document, actions } = open(component);
    actions.renameStep("code", "Issue a code");
    const edited = document.toComponent();
    expect(edited.dataflows[0]).not.toBe(component.dataflows[0]);
    expect(edited.dataflows[1]).toBe(component.dataflows[1]);
    expect(edited.dataflows[0]?.stages[1]).toBe(component.dataflows[0]?.stages[1]);
    expect(edited.dataflows[0]?.stages[0]?.steps[0]).toBe(component.dataflows[0]?.stages[0]?.steps[0]);
  });

  it("keep symbols of the root and unknown keys at every level through an edit", () => {
    const texts = Symbol("number texts");
    const component = forTestCode() as Component & { [texts]?: unknown };
    component[texts] = new Map([["/a", "1e2"]]);
    component["later"] = { version: 2 };
    const [dataflow] = component.dataflows;
    if (dataflow) dataflow["colour"] = "blue";
    const { document, actions } = open(component);
    actions.renameStep("code", "Issue a code");
    const edited = document.toComponent() as typeof component;
    expect(edited[texts]).toBe(component[texts]);
    expect(edited["later"]).toBe(component["later"]);
    expect(edited.dataflows[0]?.["colour"]).toBe("blue");
  });

  it("lose nothing when ids stand twice", () => {
    const component = forTestCode();
    const stage = component.dataflows[0]?.stages[0];
    if (stage) stage.steps.push({ ...structuredClone(stage.steps[0]!), name: "Twin" });
    const { document, actions } = open(component);
    actions.renameStep("code", "Issue a code");
    expect(document.toComponent().dataflows[0]?.stages[0]?.steps.map(({ id }) => id)).toEqual([
      "model",
      "user",
      "code",
      "model",
    ]);
  });
});

describe("history", () => {
  it("takes back any sequence of commands, and does it again", () => {
    const ids = fc.constantFrom("model", "user", "code", "script", "store", "modal", "reply", "execute-script");
    const command = fc.oneof(
      fc.record({ kind: fc.constant("add" as const), after: ids }),
      fc.record({ kind: fc.constant("splice" as const), source: ids, target: ids }),
      fc.record({ kind: fc.constant("delete" as const), id: ids, heal: fc.boolean() }),
      fc.record({ kind: fc.constant("rename" as const), id: ids, name: fc.string() }),
      fc.record({
        kind: fc.constant("set" as const),
        id: ids,
        key: fc.constantFrom("a", "b"),
        value: fc.option(fc.integer(), { nil: undefined }),
      }),
      fc.record({
        kind: fc.constant("move" as const),
        id: ids,
        stage: fc.constantFrom("issue", "show", "stage"),
        index: fc.nat(4),
        x: fc.option(fc.integer(), { nil: null }),
      }),
      fc.record({ kind: fc.constant("connect" as const), source: ids, target: ids }),
      fc.record({
        kind: fc.constant("stage" as const),
        add: fc.boolean(),
        id: fc.constantFrom("issue", "show", "stage"),
      }),
      fc.record({ kind: fc.constant("component" as const), title: fc.string() }),
      fc.record({ kind: fc.constant("duplicate" as const), id: ids }),
      fc.constant({ kind: "tidy" as const }),
    );
    fc.assert(
      fc.property(fc.array(command, { maxLength: 25 }), (commands) => {
        const { document, actions } = open();
        const start = JSON.stringify(document.toComponent());
        for (const one of commands) {
          if (one.kind === "add") actions.addStep("execute-script", { at: "after", stepKey: one.after, outcome: null });
          if (one.kind === "splice")
            actions.addStep("execute-script", {
              at: "edge",
              source: { stepId: one.source, outcome: null },
              targetKey: one.target,
            });
          if (one.kind === "delete") actions.deleteSteps([one.id], { heal: one.heal });
          if (one.kind === "rename") actions.renameStep(one.id, one.name);
          if (one.kind === "set") actions.setSetting(one.id, one.key, one.value);
          if (one.kind === "move")
            actions.moveStep(one.id, {
              stageKey: one.stage,
              index: one.index,
              position: one.x === null ? null : { x: one.x, y: 12 },
            });
          if (one.kind === "connect") actions.connect({ stepId: one.source, outcome: null }, one.target);
          if (one.kind === "stage" && one.add) actions.addStage();
          if (one.kind === "stage" && !one.add) actions.deleteStage(one.id);
          if (one.kind === "component")
            actions.editComponent({ id: "edit.tidy" }, (draft) => void (draft.name = one.title), { coalesce: "title" });
          if (one.kind === "duplicate") actions.duplicateSteps([one.id]);
          if (one.kind === "tidy") actions.tidy();
        }
        const end = document.toComponent();
        while (document.undo()) continue;
        expect(JSON.parse(JSON.stringify(document.toComponent()))).toEqual(JSON.parse(start));
        while (document.redo()) continue;
        expect(document.toComponent()).toEqual(end);
      }),
    );
  });

  it("makes one entry of typing in one field, and another after the field is left", () => {
    const { document, actions, step } = open();
    const name = "Issue";
    for (let end = 1; end <= name.length; end += 1) actions.renameStep("code", name.slice(0, end));
    expect(document.getState().past).toHaveLength(1);
    expect(document.getState().past[0]?.patches).toHaveLength(1);
    actions.seal();
    actions.renameStep("code", "Issue!");
    expect(document.getState().past).toHaveLength(2);
    actions.undo();
    actions.undo();
    expect(step("code")?.name).toMatchObject({ en: "Get one-time code for user" });
  });

  it("agrees with the saved state through undo and redo", async () => {
    const { document, actions } = open();
    const dirty = () => isDirty(document.getState());
    actions.renameStep("code", "A");
    document.markSaved();
    expect(dirty()).toBe(false);
    actions.renameStep("code", "AB");
    expect(dirty()).toBe(true);
    actions.undo();
    expect(dirty()).toBe(false);
    actions.undo();
    expect(dirty()).toBe(true);
    actions.redo();
    expect(dirty()).toBe(false);
  });

  it("calls unsaved what was typed while a save was on its way", () => {
    const { document, actions } = open();
    actions.renameStep("code", "A");
    document.seal();
    const sent = document.toComponent();
    actions.renameStep("code", "AB");
    document.markSaved(sent);
    expect(isDirty(document.getState())).toBe(true);
    actions.undo();
    expect(isDirty(document.getState())).toBe(false);
  });

  it("goes back to the dataflow where the edit was", () => {
    const { view, actions } = open();
    actions.renameStep("code", "A");
    actions.openDataflow("confirm-code");
    actions.undo();
    expect(view.getState().activeDataflow).toBe("get-code");
  });

  it("records a whole other component as one entry", () => {
    const { document, actions } = open();
    const other = { ...forTestCode(), dataflows: [], id: "other" };
    actions.setComponent(other, { id: "edit.hostChange" });
    expect(document.toComponent()).toBe(other);
    expect(document.getState().past).toHaveLength(1);
    actions.undo();
    expect(document.toComponent().id).toBe("for-test-code");
  });
});

describe("steps", () => {
  it("splice into a connection, and the chain heals when they go", () => {
    const { actions, step, dataflow } = open();
    const added = actions.addStep("execute-script", {
      at: "edge",
      source: { stepId: "user", outcome: null },
      targetKey: "code",
    });
    expect(added).toBe("execute-script");
    expect(step("execute-script")?.sources).toEqual(["user"]);
    expect(step("code")?.sources).toEqual(["execute-script"]);
    expect(dataflow()?.stages[0]?.steps.map(({ id }) => id)).toEqual(["model", "user", "execute-script", "code"]);
    actions.deleteSteps(["execute-script"]);
    expect(step("code")?.sources).toEqual(["user"]);
  });

  it("leave a gap when healing is not wanted", () => {
    const { actions, step } = open();
    actions.deleteSteps(["user"], { heal: false });
    expect(step("code")?.sources).toBeUndefined();
  });

  it("heal one chain out of several outcomes", () => {
    const { actions, step } = open();
    actions.openDataflow("confirm-code");
    actions.deleteSteps(["confirm"]);
    expect(step("reply")?.sources).toEqual(["clean"]);
  });

  it("keep every reference when they are renamed", () => {
    const { actions, step } = open();
    actions.renameStep("user", "Somebody");
    expect(step("user")).toMatchObject({
      id: "user",
      name: { en: "Somebody", fr: "Obtenir des informations utilisateur" },
    });
    expect(step("code")?.sources).toEqual(["user"]);
  });

  it("travel as text with new ids and their own connections", () => {
    const { view, actions, step } = open();
    view.setState({ selection: { stepKeys: ["script", "store"], edgeId: null } });
    const text = actions.copyText() ?? "";
    expect(actions.pasteText(text)).toBe(true);
    expect(view.getState().selection.stepKeys).toEqual(["script-2", "store-2"]);
    expect(step("script-2")?.sources).toBeUndefined();
    expect(step("store-2")?.sources).toEqual(["script-2"]);
    expect(actions.pasteText("{}")).toBe(false);
    expect(actions.pasteText("no JSON")).toBe(false);
  });

  it.each([
    ["code", "code", "connect.self"],
    ["code", "model", "connect.input"],
    ["user", "code", "connect.duplicate"],
    ["modal", "user", "connect.loop"],
  ])("refuse %s to %s in words", (source, target, reason) => {
    const { document, actions } = open();
    expect(actions.connect({ stepId: source, outcome: null }, target)).toBe(reason);
    expect(document.getState().past).toHaveLength(0);
  });

  it("write the main outcome the short way, and take it out again", () => {
    const { actions, step } = open();
    expect(actions.connect({ stepId: "model", outcome: "invalid" }, "reply")).toBeNull();
    expect(actions.connect({ stepId: "model", outcome: "ok" }, "reply")).toBeNull();
    expect(step("reply")?.sources).toEqual(["modal", "model.invalid", "model"]);
    actions.disconnect({ stepId: "model", outcome: "ok" }, "reply");
    expect(step("reply")?.sources).toEqual(["modal", "model.invalid"]);
  });

  it("do not change while the designer is read-only", () => {
    const document = createDocumentStore(forTestCode());
    const { t } = createI18n("en");
    const actions = createDesignerActions({
      document,
      view: createViewStore("get-code"),
      environment: () => ({ steps, locale: "en", t, readOnly: true, run: null, onSave: null, announce: () => {} }),
    });
    actions.renameStep("code", "A");
    actions.deleteSteps(["code"]);
    actions.addStage();
    expect(actions.addStep("execute-script", { at: "stage", stageKey: "show" })).toBeNull();
    expect(document.getState().past).toHaveLength(0);
  });
});
