import { type Draft, Immer } from "immer";
import type { Component } from "@onceflow/step-runtime";
import type { DesignerCore } from "./designer-core.ts";
import type { EditLabel, HistoryEntry } from "./history.ts";
import { emptySelection } from "./view-store.ts";

/** Commands on the component as a whole, and the history. */
export interface ComponentActions {
  readonly undo: () => void;
  readonly redo: () => void;
  /** Ends the coalescing of the field that was typed in; call it on blur. */
  readonly seal: () => void;
  /** Puts another component in the place of this one, as one undo entry. */
  readonly setComponent: (component: Component, label: EditLabel) => void;
  /** Edits anything of the component as one undo entry; what the recipe leaves alone keeps its identity. */
  readonly editComponent: (
    label: EditLabel,
    recipe: (draft: Draft<Component>) => void,
    options?: { readonly coalesce?: string },
  ) => void;
  readonly openDataflow: (dataflowKey: string) => void;
  readonly selectSteps: (stepKeys: readonly string[]) => void;
  /** Saves through the host; what is typed meanwhile stays unsaved. */
  readonly save: () => Promise<void>;
}

/** Creates the commands on the component. */
export function createComponentActions(core: DesignerCore): ComponentActions {
  const { document, view } = core;
  const immer = new Immer({ autoFreeze: false });

  function showEdit(entry: HistoryEntry | null, message: "announce.undone" | "announce.redone"): void {
    if (!entry) return;
    if (entry.dataflowKey !== null && entry.dataflowKey in document.getState().document.dataflows)
      openDataflow(entry.dataflowKey);
    keepViewValid();
    const { t, announce } = core.environment();
    announce(t(message, { edit: t(entry.label.id, entry.label.values) }));
  }

  /** A dataflow or step that is gone can be neither open nor selected. */
  function keepViewValid(): void {
    const { dataflowKeys, dataflows } = document.getState().document;
    const { activeDataflow, selection } = view.getState();
    if (!(activeDataflow in dataflows)) {
      view.setState({ activeDataflow: dataflowKeys[0] ?? "", selection: emptySelection });
      return;
    }
    const stepKeys = selection.stepKeys.filter((key) => dataflows[activeDataflow]?.steps[key]);
    if (stepKeys.length !== selection.stepKeys.length) view.setState({ selection: { stepKeys, edgeId: null } });
  }

  function openDataflow(dataflowKey: string): void {
    if (view.getState().activeDataflow === dataflowKey) return;
    document.seal();
    view.setState({ activeDataflow: dataflowKey, selection: emptySelection });
  }

  return {
    openDataflow,
    undo() {
      if (!core.environment().readOnly) showEdit(document.undo(), "announce.undone");
    },
    redo() {
      if (!core.environment().readOnly) showEdit(document.redo(), "announce.redone");
    },
    seal: () => document.seal(),
    setComponent(component, label) {
      if (core.environment().readOnly) return;
      document.replace(label, document.normalise(component), { dataflowKey: view.getState().activeDataflow });
      keepViewValid();
    },
    editComponent(label, recipe, options) {
      if (core.environment().readOnly) return;
      const before = document.toComponent();
      const after = immer.produce(before, recipe);
      if (after === before) return;
      document.replace(label, document.normalise(after), { ...options, dataflowKey: view.getState().activeDataflow });
      keepViewValid();
    },
    selectSteps(stepKeys) {
      document.seal();
      view.setState({ selection: { stepKeys, edgeId: null } });
    },
    async save() {
      const { onSave } = core.environment();
      if (!onSave || view.getState().saveStatus === "saving") return;
      document.seal();
      const component = document.toComponent();
      view.setState({ saveStatus: "saving" });
      try {
        await onSave(component);
        document.markSaved(component);
        view.setState({ saveStatus: "idle" });
      } catch {
        // The host knows why and can tell; here it matters that nothing counts as saved.
        view.setState({ saveStatus: "failed" });
      }
    },
  };
}
