import type { StepTypes } from "@onceflow/step-runtime";
import type { DesignerCore } from "../store/designer-core.ts";
import type { DataflowEntity, FlowDocument } from "../store/flow-document.ts";
import { storedPositions } from "../store/stored-positions.ts";
import type { Selection } from "../store/view-store.ts";
import { canvasEdges, canvasNodes } from "./canvas-nodes.ts";
import { type CanvasLayout, type Lane, tidyLayout } from "./tidy-layout.ts";

/** Keeps the canvas's nodes and edges what the document says. */
export interface CanvasFollower {
  /** The layout of the dataflow on the canvas. */
  readonly layout: () => CanvasLayout;
  /** Puts all cards where the layout wants them, also one that was dragged in vain. */
  readonly restore: () => void;
  readonly stop: () => void;
}

/** The layout of no dataflow. */
export const emptyLayout: CanvasLayout = { lanes: [], cards: new Map(), routes: [] };

/** Starts following. It listens to the stores and not to React, so that an edit costs no render of the canvas. */
export function followDocument(
  { document, view }: Pick<DesignerCore, "document" | "view">,
  steps: StepTypes,
  readOnly: boolean,
): CanvasFollower {
  let layout = emptyLayout;
  let shown: { dataflow: DataflowEntity | undefined; meta: FlowDocument["meta"]; selection: Selection } | null = null;

  function update(force = false): void {
    const { document: current } = document.getState();
    const { activeDataflow, selection, nodes, edges, lanes } = view.getState();
    const dataflow = current.dataflows[activeDataflow];
    const before = shown;
    const same = before && before.dataflow === dataflow && before.meta === current.meta;
    if (!force && same && before.selection === selection) return;
    shown = { dataflow, meta: current.meta, selection };
    if (!dataflow) {
      layout = emptyLayout;
      view.setState({ nodes: [], edges: [], lanes: [] });
      return;
    }
    if (!same) layout = tidyLayout(dataflow, steps, storedPositions(current.meta, dataflow.meta.id));
    const next = {
      nodes: canvasNodes(dataflow, steps, layout, selection.stepKeys, nodes, readOnly),
      edges: canvasEdges(dataflow, steps, layout, edges),
    };
    const nextLanes = sameLanes(layout.lanes, lanes) ? lanes : layout.lanes;
    if (next.nodes !== nodes || next.edges !== edges || nextLanes !== lanes)
      view.setState({ ...next, lanes: nextLanes });
  }

  update();
  const stops = [document.subscribe(() => update()), view.subscribe(() => update())];
  return {
    layout: () => layout,
    restore: () => update(true),
    stop: () => {
      for (const stop of stops) stop();
    },
  };
}

function sameLanes(a: readonly Lane[], b: readonly Lane[]): boolean {
  return (
    a.length === b.length &&
    a.every(({ stageKey, y, height }, at) => b[at]?.stageKey === stageKey && b[at].y === y && b[at].height === height)
  );
}
