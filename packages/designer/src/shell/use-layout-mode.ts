import { type RefObject, useLayoutEffect, useState } from "react";
import type { Panel, ViewStore } from "../store/view-store.ts";

/** How much room the designer has, which decides which panels stand beside the canvas and which lie over it. */
export interface LayoutMode {
  /** `wide` from 1200 px, `medium` from 768, else `narrow`: by the designer's own width, not the window's. */
  readonly size: "wide" | "medium" | "narrow";
  /** Whether all columns fit beside a canvas that is wide enough to work on. */
  readonly roomy: boolean;
}

const wideFrom = 1200;
const mediumFrom = 768;
/** Left, preview and right beside a canvas of 420 px. */
const roomyFrom = 1332;

/**
 * Follows the width of the designer; panels that now lie over the canvas close, and one opens at a time.
 *
 * @returns null until the width is known
 */
export function useLayoutMode(root: RefObject<HTMLElement | null>, view: ViewStore): LayoutMode | null {
  const [mode, setMode] = useState<LayoutMode | null>(null);
  useLayoutEffect(() => {
    const element = root.current;
    if (!element) return undefined;
    const measure = () => {
      // Without a layout (tests, hidden tabs) there is no width to go by.
      const width = element.getBoundingClientRect().width || roomyFrom;
      setMode((before) => {
        const next = modeOf(width);
        return next.size === before?.size && next.roomy === before.roomy ? before : next;
      });
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [root]);

  useLayoutEffect(() => {
    if (!mode) return undefined;
    const docked = (panel: Panel) => isDocked(mode, panel);
    view.setState(({ open }) => ({
      open: { ...open, left: docked("left"), right: docked("right"), preview: mode.roomy },
    }));
    return view.subscribe((state, before) => {
      const opened = columns.find((panel) => state.open[panel] && !before.open[panel]);
      if (opened === undefined) return;
      const others = columns.filter((panel) => panel !== opened && state.open[panel] && excludes(mode, opened, panel));
      if (others.length > 0)
        view.setState({ open: { ...state.open, ...Object.fromEntries(others.map((panel) => [panel, false])) } });
    });
  }, [mode, view]);
  return mode;
}

/** Whether a panel stands beside the canvas. */
export function isDocked({ size, roomy }: LayoutMode, panel: Panel): boolean {
  if (panel === "drawer") return true;
  return roomy || size === "wide";
}

/** Whether two panels cannot be open at once: both lie over the canvas, or both would squeeze it. */
function excludes(mode: LayoutMode, a: Panel, b: Panel): boolean {
  if (mode.roomy) return false;
  if (mode.size === "wide") return a !== "right" && b !== "right";
  return true;
}

const columns: readonly Panel[] = ["left", "right", "preview"];

function modeOf(width: number): LayoutMode {
  return { size: width >= wideFrom ? "wide" : width >= mediumFrom ? "medium" : "narrow", roomy: width >= roomyFrom };
}
