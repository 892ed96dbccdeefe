import { type KeyboardEvent, type RefObject, useLayoutEffect } from "react";
import { mayTakeFocus } from "./may-take-focus.ts";

const focusable = "button:not(:disabled), input, textarea, select, summary, [href], [tabindex]:not([tabindex='-1'])";

/** Takes the focus into a dialog while it is there and gives it back afterwards; the returned handler keeps Tab inside. */
export function useModalFocus(dialog: RefObject<HTMLElement | null>): (event: KeyboardEvent<HTMLElement>) => void {
  useLayoutEffect(() => {
    const node = dialog.current;
    if (!node) return;
    const { ownerDocument } = node;
    if (!mayTakeFocus(ownerDocument)) return;
    const before = ownerDocument.activeElement as HTMLElement | null;
    (
      node.querySelector<HTMLElement>("input:not([type=file]), textarea") ??
      node.querySelector<HTMLElement>("button") ??
      node
    ).focus();
    return () => {
      // After this commit: until then the page below is inert and takes no focus.
      queueMicrotask(() => {
        if (before?.isConnected) before.focus();
      });
    };
  }, [dialog]);

  return (event) => {
    if (event.key !== "Tab") return;
    const stops = [...event.currentTarget.querySelectorAll<HTMLElement>(focusable)];
    const first = stops[0];
    const last = stops.at(-1);
    const { activeElement } = event.currentTarget.ownerDocument;
    const leaves = event.shiftKey
      ? activeElement === first || activeElement === event.currentTarget
      : activeElement === last;
    if (!leaves) return;
    event.preventDefault();
    (event.shiftKey ? last : first)?.focus();
  };
}
