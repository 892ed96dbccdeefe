import { type RefObject, useEffect } from "react";
import { createKeybindingsHandler, defaultKeybindingsHandlerIgnore } from "tinykeys";
import type { CanvasControls } from "../canvas/canvas-controls.tsx";
import type { Designer } from "../store/designer-context.tsx";
import { canvasBindings } from "./canvas-bindings.ts";
import { listenToClipboard } from "./listen-to-clipboard.ts";

/** The designer's shortcuts. They listen on its root element, so that two designers on a page and the host keep their own. */
export function useShortcuts(
  root: RefObject<HTMLElement | null>,
  designer: Designer,
  controls: RefObject<CanvasControls | null>,
): void {
  useEffect(() => {
    const element = root.current;
    if (!element) return undefined;
    const { actions, view } = designer;
    const anywhere = createKeybindingsHandler(
      {
        "$mod+s": (event) => {
          event.preventDefault();
          void actions.save();
        },
      },
      { ignore: () => false },
    );
    const general = createKeybindingsHandler(
      {
        "$mod+z": run(actions.undo),
        "$mod+Shift+z": run(actions.redo),
        "$mod+y": run(actions.redo),
        "[": run(() => actions.walkRun(-1)),
        "]": run(() => actions.walkRun(1)),
        "/": run(() => {
          view.setState((state) => ({ leftTab: "steps", open: { ...state.open, left: true } }));
          requestAnimationFrame(() => element.querySelector<HTMLElement>("[data-palette-search]")?.focus());
        }),
      },
      { ignore: isTyping },
    );
    const canvas = createKeybindingsHandler(canvasBindings(designer, controls, element), { ignore: isTyping });
    const onKeyDown = (event: KeyboardEvent) => {
      anywhere(event);
      if (event.defaultPrevented) return;
      general(event);
      if (!event.defaultPrevented) canvas(event);
    };
    const stopClipboard = listenToClipboard(element, designer);
    element.addEventListener("keydown", onKeyDown);
    return () => {
      element.removeEventListener("keydown", onKeyDown);
      stopClipboard();
    };
  }, [root, designer, controls]);
}

/** Typing in a field, and menus and dialogs, have their own keys. */
function isTyping(event: KeyboardEvent): boolean {
  const target = event.target as Element;
  return (
    defaultKeybindingsHandlerIgnore(event) ||
    target.closest("input, textarea, select, [contenteditable], [role=menu], [role=dialog], [role=tablist]") !== null
  );
}

function run(action: () => void): (event: KeyboardEvent) => void {
  return (event) => {
    event.preventDefault();
    action();
  };
}
