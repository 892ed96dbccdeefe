import type { Component } from "@onceflow/step-runtime";
import { useEffect, useRef } from "react";
import type { DocumentStore } from "../store/document-store.ts";
import { emptySelection, type ViewStore } from "../store/view-store.ts";
import { useLatest } from "./use-latest.ts";

/** Keeps the designer and the host's `component` together: edits go out, another component comes in. */
export function useHostComponent(
  { document, view }: { readonly document: DocumentStore; readonly view: ViewStore },
  component: Component,
  onChange: ((component: Component) => void) | undefined,
): void {
  const notify = useLatest(onChange);
  // What went out comes back as a prop, perhaps late and out of turn: each echo is known by its number.
  const sent = useRef(new WeakMap<Component, number>());
  const echoed = useRef(0);
  const count = useRef(0);
  const held = useRef(component);

  useEffect(
    () =>
      document.subscribe((state, before) => {
        if (state.document === before.document) return;
        const current = document.toComponent();
        if (current === held.current) return;
        count.current += 1;
        sent.current.set(current, count.current);
        notify.current?.(current);
      }),
    [document, notify],
  );

  useEffect(() => {
    if (component === held.current) return;
    held.current = component;
    const echo = sent.current.get(component) ?? 0;
    if (echo > echoed.current) {
      echoed.current = echo;
      return;
    }
    if (component === document.toComponent()) return;
    document.reset(component);
    const [first = ""] = document.getState().document.dataflowKeys;
    const { activeDataflow } = view.getState();
    const kept = activeDataflow in document.getState().document.dataflows;
    view.setState({
      activeDataflow: kept ? activeDataflow : first,
      selection: emptySelection,
      fresh: new Set(),
      run: null,
      saveStatus: "idle",
    });
  }, [component, document, view]);
}
