import type { Step } from "@onceflow/step-runtime";
import { localize } from "@onceflow/step-runtime";
import { connectionRefusal } from "./connection-check.ts";
import { stepOrder } from "./dataflow-links.ts";
import { activeDataflow, type DesignerCore, editActiveDataflow } from "./designer-core.ts";
import { canonicalSource, printSource, type SourceRef } from "./source-ref.ts";
import { insertStep, relocateStep, removeStep, replaceSource, setStepSources, type StepPlace } from "./step-recipes.ts";
import { setCardPosition } from "./stored-positions.ts";
import { uniqueId } from "./unique-id.ts";
import { stepPath } from "./view-store.ts";

/** Where a person put a card: in which stage, before which index, and outside the column at which place. */
export interface StepMove {
  readonly stageKey: string;
  /** Counts the stage's steps without the moved one. */
  readonly index: number;
  /** Null: in the column, where steps stand tidy. */
  readonly position: { readonly x: number; readonly y: number } | null;
}

/** Commands on steps of the active dataflow; each is one undo entry. */
export interface StepActions {
  /** Adds a step and selects it; returns its id, or null when nothing was added. */
  readonly addStep: (type: string, place: StepPlace) => string | null;
  readonly deleteSteps: (stepKeys: readonly string[], options?: { readonly heal?: boolean }) => void;
  readonly moveStep: (stepKey: string, move: StepMove) => void;
  readonly duplicateSteps: (stepKeys: readonly string[]) => void;
  /** Sets the name in the present language; typing in a row is one entry until `seal()`. */
  readonly renameStep: (stepKey: string, name: string) => void;
  /** Draws a connection; returns why not, or null. */
  readonly connect: (source: SourceRef, targetKey: string) => ReturnType<typeof connectionRefusal>;
  readonly disconnect: (source: SourceRef, targetKey: string) => void;
  readonly setSources: (stepKey: string, sources: readonly string[]) => void;
  /** Writes a setting; undefined takes it out. Typing in a row is one entry until `seal()`. */
  readonly setSetting: (stepKey: string, key: string, value: unknown) => void;
  /** Adds copies of steps, connected among themselves as they were; returns the new ids. */
  readonly insertCopies: (copies: readonly Step[], label: "edit.paste" | "edit.duplicate") => readonly string[];
}

/** Creates the commands on steps. */
export function createStepActions(core: DesignerCore): StepActions {
  const { view } = core;
  const registry = () => core.environment().steps;
  const nameOf = (step: Step | undefined) => (step ? localize(step.name, core.environment().locale) : "");

  function select(stepKeys: readonly string[]): void {
    view.setState({ selection: { stepKeys, edgeId: null } });
  }

  function insertCopies(copies: readonly Step[], label: "edit.paste" | "edit.duplicate"): readonly string[] {
    const dataflow = activeDataflow(core);
    if (!dataflow || copies.length === 0) return [];
    const taken = new Set(Object.keys(dataflow.steps));
    const ids = new Map<string, string>();
    for (const { id } of copies) {
      const fresh = uniqueId(id, taken);
      taken.add(fresh);
      ids.set(id, fresh);
    }
    const after = view.getState().selection.stepKeys.at(-1) ?? stepOrder(dataflow).at(-1);
    const stageKey =
      dataflow.stageKeys.find((key) => after !== undefined && dataflow.stages[key]?.stepKeys.includes(after)) ??
      dataflow.stageKeys.at(-1);
    editActiveDataflow(core, label, { count: copies.length }, (draft) => {
      const stage = draft.stages[stageKey ?? ""];
      if (!stage) return;
      const at = after === undefined ? stage.stepKeys.length : stage.stepKeys.indexOf(after) + 1;
      copies.forEach((copy, index) => {
        const id = ids.get(copy.id) ?? copy.id;
        // A source outside the copies would silently tie the copy to the original's chain.
        const sources = (copy.sources ?? []).flatMap((source) => {
          const [from = "", ...outcome] = source.split(".");
          const renamed = ids.get(from);
          return renamed === undefined ? [] : [[renamed, ...outcome].join(".")];
        });
        const { sources: _, ...rest } = structuredClone(copy);
        draft.steps[id] = { ...rest, id, ...(sources.length > 0 ? { sources } : {}) };
        stage.stepKeys.splice(at + index, 0, id);
      });
    });
    const added = [...ids.values()];
    select(added);
    return added;
  }

  return {
    insertCopies,
    addStep(typeName, place) {
      const { locale, t, announce, readOnly } = core.environment();
      const type = registry().get(typeName);
      const dataflow = activeDataflow(core);
      if (!type || !dataflow || readOnly) return null;
      const id = uniqueId(typeName, new Set(Object.keys(dataflow.steps)));
      const step: Step = { id, type: typeName, name: typeof type.title === "string" ? type.title : { ...type.title } };
      const name = localize(type.title, locale);
      const done = editActiveDataflow(core, "edit.addStep", { name }, (draft) => {
        if (draft.stageKeys.length === 0) {
          draft.stageKeys.push("stage");
          draft.stages["stage"] = { meta: { id: "stage", name: t("stage.newName", { number: 1 }) }, stepKeys: [] };
        }
        insertStep(draft, registry(), step, place);
      });
      if (!done) return null;
      const { fresh, activeDataflow: key } = view.getState();
      view.setState({ fresh: new Set([...fresh, stepPath(key, id)]) });
      select([id]);
      announce(t("announce.added", { name }));
      return id;
    },
    deleteSteps(stepKeys, { heal = true } = {}) {
      const dataflow = activeDataflow(core);
      if (!dataflow || stepKeys.length === 0) return;
      const name = nameOf(dataflow.steps[stepKeys[0] ?? ""]);
      const order = stepOrder(dataflow);
      const neighbour = order.filter((key) => !stepKeys.includes(key))[
        Math.max(0, order.indexOf(stepKeys[0] ?? "") - 1)
      ];
      const done = editActiveDataflow(core, "edit.deleteSteps", { count: stepKeys.length, name }, (draft) => {
        for (const key of stepKeys) removeStep(draft, registry(), key, heal);
      });
      if (!done) return;
      select(neighbour === undefined ? [] : [neighbour]);
      const { t, announce } = core.environment();
      announce(t("announce.deleted", { count: stepKeys.length, name }));
    },
    moveStep(stepKey, { stageKey, index, position }) {
      const dataflow = activeDataflow(core);
      if (!dataflow || core.environment().readOnly) return;
      const dataflowKey = view.getState().activeDataflow;
      core.document.edit(
        { id: "edit.moveStep", values: { name: nameOf(dataflow.steps[stepKey]) } },
        (draft) => {
          const entity = draft.dataflows[dataflowKey];
          if (!entity) return;
          relocateStep(entity, stepKey, stageKey, index);
          setCardPosition(draft, entity.meta.id, entity.steps[stepKey]?.id ?? stepKey, position);
        },
        { dataflowKey },
      );
    },
    duplicateSteps(stepKeys) {
      const dataflow = activeDataflow(core);
      if (!dataflow || core.environment().readOnly) return;
      insertCopies(
        stepOrder(dataflow).flatMap((key) => (stepKeys.includes(key) ? (dataflow.steps[key] ?? []) : [])),
        "edit.duplicate",
      );
    },
    renameStep(stepKey, name) {
      const { locale } = core.environment();
      const coalesce = `rename:${stepPath(view.getState().activeDataflow, stepKey)}`;
      editActiveDataflow(
        core,
        "edit.renameStep",
        { name },
        (draft) => {
          const step = draft.steps[stepKey];
          if (!step) return;
          if (typeof step.name === "string") step.name = name;
          else step.name[locale] = name;
        },
        { coalesce },
      );
    },
    connect(source, targetKey) {
      const dataflow = activeDataflow(core);
      if (!dataflow) return null;
      const refusal = connectionRefusal(dataflow, registry(), source, targetKey);
      const { t, announce } = core.environment();
      if (refusal) {
        announce(t(refusal));
        return refusal;
      }
      const values = { source: nameOf(dataflow.steps[source.stepId]), target: nameOf(dataflow.steps[targetKey]) };
      editActiveDataflow(core, "edit.connect", values, (draft) => {
        const text = printSource(canonicalSource(registry(), draft, source));
        setStepSources(draft, targetKey, [...(draft.steps[targetKey]?.sources ?? []), text]);
      });
      announce(t("announce.connected", values));
      return null;
    },
    disconnect(source, targetKey) {
      const dataflow = activeDataflow(core);
      if (!dataflow) return;
      const wanted = canonicalSource(registry(), dataflow, source);
      const values = { source: nameOf(dataflow.steps[source.stepId]), target: nameOf(dataflow.steps[targetKey]) };
      editActiveDataflow(core, "edit.disconnect", values, (draft) => {
        replaceSource(draft, registry(), targetKey, wanted, []);
      });
    },
    setSources(stepKey, sources) {
      editActiveDataflow(core, "edit.setSources", { name: nameOf(activeDataflow(core)?.steps[stepKey]) }, (draft) => {
        setStepSources(draft, stepKey, sources);
      });
    },
    setSetting(stepKey, key, value) {
      const coalesce = `setting:${stepPath(view.getState().activeDataflow, stepKey)}:${key}`;
      editActiveDataflow(
        core,
        "edit.setSetting",
        { name: nameOf(activeDataflow(core)?.steps[stepKey]) },
        (draft) => {
          const step = draft.steps[stepKey];
          if (!step) return;
          if (value !== undefined) (step.settings ??= {})[key] = value;
          else if (step.settings) {
            delete step.settings[key];
            if (Object.keys(step.settings).length === 0) delete step.settings;
          }
        },
        { coalesce },
      );
    },
  };
}
