import { type Draft, enablePatches, Immer, type Patch } from "immer";
import type { Component } from "@onceflow/step-runtime";
import { createStore, type StoreApi } from "zustand/vanilla";
import { createDocumentCodec } from "./document-codec.ts";
import type { FlowDocument } from "./flow-document.ts";
import { coalesceEntries, type EditLabel, type HistoryEntry } from "./history.ts";

enablePatches();

/** What the document store holds; read it through selectors. */
export interface DocumentState {
  readonly document: FlowDocument;
  readonly past: readonly HistoryEntry[];
  readonly future: readonly HistoryEntry[];
  /** The entry on top when the component was last saved; 0: before the first edit. */
  readonly savedEntry: number;
}

/** How an edit is recorded. */
export interface EditOptions {
  /** Edits in a row with the same key become one undo entry. */
  readonly coalesce?: string | null;
  readonly dataflowKey?: string | null;
}

/** The component being edited, with its history. One per designer. */
export interface DocumentStore extends StoreApi<DocumentState> {
  /** Runs a recipe as one undo entry; a recipe that changes nothing leaves none. Returns whether something changed. */
  readonly edit: (label: EditLabel, recipe: (draft: Draft<FlowDocument>) => void, options?: EditOptions) => boolean;
  /** Puts another document in the place of the present one, as one undo entry. */
  readonly replace: (label: EditLabel, document: FlowDocument, options?: EditOptions) => boolean;
  /** Ends the coalescing of the field that was typed in. */
  readonly seal: () => void;
  /** Takes back one entry and returns it, or null. */
  readonly undo: () => HistoryEntry | null;
  readonly redo: () => HistoryEntry | null;
  /** Remembers the given component (default: the present one) as the saved one. */
  readonly markSaved: (component?: Component) => void;
  readonly toComponent: () => Component;
  readonly normalise: (component: Component) => FlowDocument;
  /** Starts over with another component: no history, nothing unsaved. */
  readonly reset: (component: Component) => void;
}

const historyLimit = 1000;

/** Whether there is something to save. */
export function isDirty(state: DocumentState): boolean {
  return topEntry(state) !== state.savedEntry;
}

/** Creates the store for a component. */
export function createDocumentStore(component: Component): DocumentStore {
  // The host's own objects go through here, so nothing is frozen.
  const immer = new Immer({ autoFreeze: false });
  const codec = createDocumentCodec();
  const savedPoints = new WeakMap<Component, number>();
  let lastId = 0;
  let sealed = true;

  const initial = (next: Component): DocumentState => ({
    document: codec.normalise(next),
    past: [],
    future: [],
    savedEntry: 0,
  });
  const store = createStore<DocumentState>(() => initial(component));
  const { getState, setState } = store;

  function record(
    label: EditLabel,
    patches: readonly Patch[],
    inverse: readonly Patch[],
    document: FlowDocument,
    { coalesce = null, dataflowKey = null }: EditOptions = {},
  ): boolean {
    const { document: before, past, savedEntry } = getState();
    if (patches.length === 0 || document === before) return false;
    lastId += 1;
    const entry: HistoryEntry = { id: lastId, label, patches, inverse, coalesce, dataflowKey };
    const top = past.at(-1);
    const joins =
      top !== undefined && !sealed && coalesce !== null && top.coalesce === coalesce && top.id !== savedEntry;
    sealed = false;
    setState({
      document,
      past: joins ? [...past.slice(0, -1), coalesceEntries(top, entry)] : [...past.slice(-historyLimit + 1), entry],
      future: [],
    });
    return true;
  }

  return {
    ...store,
    edit(label, recipe, options) {
      const [document, patches, inverse] = immer.produceWithPatches<FlowDocument>(getState().document, (draft) => {
        recipe(draft);
      });
      return record(label, patches, inverse, document, options);
    },
    replace(label, document, options) {
      const before = getState().document;
      const patch = (value: FlowDocument): Patch => ({ op: "replace", path: [], value });
      return record(label, [patch(document)], [patch(before)], document, options);
    },
    seal() {
      sealed = true;
    },
    undo() {
      const { document, past, future } = getState();
      const entry = past.at(-1);
      if (!entry) return null;
      sealed = true;
      setState({
        document: immer.applyPatches(document, entry.inverse),
        past: past.slice(0, -1),
        future: [entry, ...future],
      });
      return entry;
    },
    redo() {
      const { document, past, future } = getState();
      const [entry, ...rest] = future;
      if (!entry) return null;
      sealed = true;
      setState({ document: immer.applyPatches(document, entry.patches), past: [...past, entry], future: rest });
      return entry;
    },
    markSaved(saved) {
      // A save takes time: what was typed meanwhile is not in it.
      const point = saved === undefined ? topEntry(getState()) : savedPoints.get(saved);
      if (point !== undefined) setState({ savedEntry: point });
      sealed = true;
    },
    toComponent() {
      const state = getState();
      const current = codec.toComponent(state.document);
      savedPoints.set(current, topEntry(state));
      return current;
    },
    normalise: codec.normalise,
    reset(next) {
      sealed = true;
      setState(initial(next));
    },
  };
}

function topEntry({ past }: DocumentState): number {
  return past.at(-1)?.id ?? 0;
}
