import { type ReactFlowInstance, useReactFlow, type Viewport } from "@xyflow/react";
import { type RefObject, useEffect, useMemo, useRef } from "react";
import { useDesigner } from "../store/designer-context.tsx";
import type { CanvasEdge, CanvasNode } from "./canvas-node.ts";
import { cardSize } from "./card-size.ts";

/** Where the canvas looks. */
export interface HomeViewport {
  /** Back to the first lane at full size, its column in the middle. */
  readonly go: () => void;
  readonly reveal: (stepKey: string) => void;
  /** Keeps the middle in the middle of a canvas of this width. */
  readonly follow: (wide: number) => Viewport;
  /** The time of a movement; none for people who want less motion. */
  readonly duration: () => number;
  readonly onInit: (flow: ReactFlowInstance<CanvasNode, CanvasEdge>) => void;
  readonly onMove: (event: unknown, viewport: Viewport) => void;
}

/** The room that lane heads take left of a card, and durations right of it. */
const margins = { left: 144 + cardSize.width / 2, right: 60 + cardSize.width / 2 } as const;

/** Keeps the column in the middle while the canvas grows and shrinks, and tells the lanes where they are. */
export function useHomeViewport(pane: RefObject<HTMLElement | null>): HomeViewport {
  const { view } = useDesigner();
  const flow = useReactFlow<CanvasNode, CanvasEdge>();
  const width = useRef(0);

  const home = useMemo((): HomeViewport => {
    const duration = () => (matchMedia?.("(prefers-reduced-motion: reduce)").matches ? 0 : 140);
    // Lanes stick to the left edge at any zoom: CSS variables place them, so that panning renders nothing.
    const onMove = (_: unknown, { x, y, zoom }: Viewport) => {
      const style = pane.current?.style;
      style?.setProperty("--of-view-x", String(x));
      style?.setProperty("--of-view-y", String(y));
      style?.setProperty("--of-view-zoom", String(zoom));
    };
    const go = () => {
      const box = pane.current?.getBoundingClientRect();
      const wide = box?.width ?? 0;
      width.current = wide;
      const least = margins.left + margins.right;
      const zoom = wide > 0 && wide < least ? Math.max(0.5, wide / least) : 1;
      const viewport = {
        x: Math.max(wide / 2, Math.min(margins.left * zoom, wide - margins.right * zoom)),
        y: 0,
        zoom,
      };
      void flow.setViewport(viewport);
      onMove(null, viewport);
    };
    const follow = (wide: number): Viewport => {
      const { x, y, zoom } = flow.getViewport();
      if (wide === width.current) return { x, y, zoom };
      const viewport = { x: x + (wide - width.current) / 2, y, zoom };
      width.current = wide;
      void flow.setViewport(viewport);
      onMove(null, viewport);
      return viewport;
    };
    return {
      go,
      follow,
      duration,
      onMove,
      onInit: () => go(),
      reveal(stepKey) {
        const node = view.getState().nodes.find(({ id }) => id === stepKey);
        const box = pane.current?.getBoundingClientRect();
        if (!node || !box || box.width === 0) return;
        // A panel may just have opened: what it takes is taken into account here, or the observer would do it once more.
        const { x, y, zoom } = follow(box.width);
        const left = node.position.x * zoom + x;
        const top = node.position.y * zoom + y;
        const inX = left >= 0 && left + cardSize.width * zoom <= box.width;
        const inY = top >= 0 && top + cardSize.height * zoom <= box.height;
        if (inX && inY) return;
        const next = {
          x: inX ? x : box.width / 2 - (node.position.x + cardSize.width / 2) * zoom,
          y: inY ? y : box.height / 2 - (node.position.y + cardSize.height / 2) * zoom,
          zoom,
        };
        void flow.setViewport(next);
        onMove(null, next);
      },
    };
  }, [flow, pane, view]);

  useEffect(() => {
    const element = pane.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(([entry]) => {
      const now = entry?.contentRect.width ?? 0;
      if (now === 0 || now === width.current) return;
      if (width.current === 0) {
        home.go();
        return;
      }
      home.follow(now);
    });
    observer.observe(element);
    const stop = view.subscribe((state, before) => {
      if (state.activeDataflow !== before.activeDataflow) home.go();
    });
    return () => {
      observer.disconnect();
      stop();
    };
  }, [home, pane, view]);

  return home;
}
