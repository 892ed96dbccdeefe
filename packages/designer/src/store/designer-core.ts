import type { Component, DataflowRunner, StepRegistry } from "@onceflow/step-runtime";
import type { Translate } from "../locales/create-i18n.ts";
import type { MessageId, MessageValues } from "../locales/message-id.ts";
import type { DocumentStore, EditOptions } from "./document-store.ts";
import type { Draft } from "immer";
import type { DataflowEntity } from "./flow-document.ts";
import type { ViewStore } from "./view-store.ts";

/** What the host hands in and may change at any time. */
export interface DesignerEnvironment {
  readonly steps: StepRegistry;
  readonly locale: string;
  readonly t: Translate;
  readonly readOnly: boolean;
  readonly run: DataflowRunner | null;
  readonly onSave: ((component: Component) => Promise<void>) | null;
  /** Says a sentence in the polite live region. */
  readonly announce: (text: string) => void;
}

/** What all actions of a designer share; the environment is read when an action happens. */
export interface DesignerCore {
  readonly document: DocumentStore;
  readonly view: ViewStore;
  readonly environment: () => DesignerEnvironment;
}

/** The dataflow on the canvas, if there is one. */
export function activeDataflow(core: DesignerCore): DataflowEntity | null {
  return core.document.getState().document.dataflows[core.view.getState().activeDataflow] ?? null;
}

/** Edits the dataflow on the canvas as one undo entry; does nothing in a read-only designer. */
export function editActiveDataflow(
  core: DesignerCore,
  id: MessageId,
  values: MessageValues | undefined,
  recipe: (draft: Draft<DataflowEntity>) => void,
  options: EditOptions = {},
): boolean {
  if (core.environment().readOnly) return false;
  const dataflowKey = core.view.getState().activeDataflow;
  return core.document.edit(
    values ? { id, values } : { id },
    (draft) => {
      const dataflow = draft.dataflows[dataflowKey];
      if (dataflow) recipe(dataflow);
    },
    { ...options, dataflowKey },
  );
}
