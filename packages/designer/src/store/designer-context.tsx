import { createContext, useContext } from "react";
import type { Client, Step } from "@onceflow/step-runtime";
import { useStore } from "zustand";
import type { ClipboardActions } from "./clipboard-actions.ts";
import type { ComponentActions } from "./component-actions.ts";
import type { DesignerEnvironment } from "./designer-core.ts";
import type { DocumentState, DocumentStore } from "./document-store.ts";
import type { DataflowEntity } from "./flow-document.ts";
import type { RunActions } from "./run-actions.ts";
import type { StageActions } from "./stage-actions.ts";
import type { StepActions } from "./step-actions.ts";
import type { ViewState, ViewStore } from "./view-store.ts";

/** All that changes a designer's document or runs it. */
export interface DesignerActions extends StepActions, StageActions, ComponentActions, ClipboardActions, RunActions {}

/** Who is signed in on the end-user page of the preview. */
export interface DesignerSession {
  readonly userName: string | null;
  readonly clientName: string;
  readonly testMode: boolean;
}

/** How the designer looks. */
export type ColorScheme = "light" | "dark";

/** What every part of one designer works with. */
export interface Designer extends DesignerEnvironment {
  readonly document: DocumentStore;
  readonly view: ViewStore;
  /** Stable: the same object for the life of the designer. */
  readonly actions: DesignerActions;
  readonly colorScheme: ColorScheme;
  readonly clients: readonly Client[];
  readonly session: DesignerSession | null;
  /** The designer's root element: where menus and dialogs go, so that they keep its look. */
  readonly root: () => HTMLElement | null;
}

/** Carries the designer to its parts. */
export const DesignerContext = createContext<Designer | null>(null);

/** The designer around a component. */
export function useDesigner(): Designer {
  const designer = useContext(DesignerContext);
  if (!designer) throw new Error("This part of the designer stands outside <FlowDesigner>. Render it inside.");
  return designer;
}

/** A piece of the document's state; the selector must return the same value while nothing changed. */
export function useDocument<T>(select: (state: DocumentState) => T): T {
  return useStore(useDesigner().document, select);
}

/** A piece of the view's state; the selector must return the same value while nothing changed. */
export function useView<T>(select: (state: ViewState) => T): T {
  return useStore(useDesigner().view, select);
}

/** The dataflow on the canvas; re-renders on each of its edits, so cards use `useStep`. */
export function useActiveDataflow(): DataflowEntity | null {
  const key = useView((view) => view.activeDataflow);
  return useDocument(({ document }) => document.dataflows[key] ?? null);
}

/** One step of the dataflow on the canvas. */
export function useStep(stepKey: string): Step | null {
  const key = useView((view) => view.activeDataflow);
  return useDocument(({ document }) => document.dataflows[key]?.steps[stepKey] ?? null);
}

/** The one selected step, or null when none or several are. */
export function useSelectedStep(): string | null {
  return useView(({ selection }) => (selection.stepKeys.length === 1 ? (selection.stepKeys[0] ?? null) : null));
}
