import { activeDataflow, type DesignerCore, editActiveDataflow } from "./designer-core.ts";
import { localize } from "@onceflow/step-runtime";
import { removeStep } from "./step-recipes.ts";
import { clearCardPositions } from "./stored-positions.ts";
import { uniqueId } from "./unique-id.ts";

/** Commands on the stages of the active dataflow; each is one undo entry. */
export interface StageActions {
  /** Adds a stage (at the end by default) and returns its id. */
  readonly addStage: (index?: number) => string | null;
  readonly renameStage: (stageKey: string, name: string) => void;
  /** Deletes a stage; its steps move to the stage before (or after), unless they go with it. */
  readonly deleteStage: (stageKey: string, options?: { readonly withSteps?: boolean }) => void;
  readonly moveStage: (stageKey: string, index: number) => void;
  /** Forgets where cards were put, so that all stand tidy. */
  readonly tidy: () => void;
}

/** Creates the commands on stages. */
export function createStageActions(core: DesignerCore): StageActions {
  const nameOf = (stageKey: string) => {
    const stage = activeDataflow(core)?.stages[stageKey];
    return stage ? localize(stage.meta.name, core.environment().locale) : "";
  };
  return {
    addStage(index) {
      const dataflow = activeDataflow(core);
      const { t, readOnly } = core.environment();
      if (!dataflow || readOnly) return null;
      const id = uniqueId("stage", new Set(dataflow.stageKeys));
      const name = t("stage.newName", { number: dataflow.stageKeys.length + 1 });
      editActiveDataflow(core, "edit.addStage", undefined, (draft) => {
        draft.stages[id] = { meta: { id, name }, stepKeys: [] };
        draft.stageKeys.splice(index ?? draft.stageKeys.length, 0, id);
      });
      return id;
    },
    renameStage(stageKey, name) {
      const { locale } = core.environment();
      editActiveDataflow(
        core,
        "edit.renameStage",
        { name },
        (draft) => {
          const meta = draft.stages[stageKey]?.meta;
          if (!meta) return;
          if (typeof meta.name === "string") meta.name = name;
          else meta.name[locale] = name;
        },
        { coalesce: `stage:${core.view.getState().activeDataflow}/${stageKey}` },
      );
    },
    deleteStage(stageKey, { withSteps = false } = {}) {
      editActiveDataflow(core, "edit.deleteStage", { name: nameOf(stageKey) }, (draft) => {
        const stage = draft.stages[stageKey];
        const at = draft.stageKeys.indexOf(stageKey);
        if (!stage || at < 0) return;
        const before = draft.stages[draft.stageKeys[at - 1] ?? ""];
        const after = draft.stages[draft.stageKeys[at + 1] ?? ""];
        if (withSteps || (!before && !after)) {
          // Taking a step out shortens the very list.
          for (let key = stage.stepKeys[0]; key !== undefined; key = stage.stepKeys[0])
            removeStep(draft, core.environment().steps, key, true);
        } else if (before) before.stepKeys.push(...stage.stepKeys);
        else after?.stepKeys.unshift(...stage.stepKeys);
        draft.stageKeys.splice(at, 1);
        delete draft.stages[stageKey];
      });
    },
    moveStage(stageKey, index) {
      editActiveDataflow(core, "edit.moveStage", { name: nameOf(stageKey) }, (draft) => {
        const at = draft.stageKeys.indexOf(stageKey);
        const to = Math.max(0, Math.min(index, draft.stageKeys.length - 1));
        if (at < 0 || at === to) return;
        draft.stageKeys.splice(at, 1);
        draft.stageKeys.splice(to, 0, stageKey);
      });
    },
    tidy() {
      const dataflow = activeDataflow(core);
      if (!dataflow || core.environment().readOnly) return;
      core.document.edit({ id: "edit.tidy" }, (draft) => clearCardPositions(draft, dataflow.meta.id), {
        dataflowKey: core.view.getState().activeDataflow,
      });
    },
  };
}
