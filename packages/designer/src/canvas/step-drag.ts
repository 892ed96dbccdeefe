import type { StepPlace } from "../store/step-recipes.ts";
import type { ViewState } from "../store/view-store.ts";
import type { CanvasLayout, Lane } from "./tidy-layout.ts";

/** The kind of data that a step dragged out of the palette carries: its type's name. */
export const stepDragType = "application/x-onceflow-step";

/** Whether a drag carries a step of the palette. */
export function isStepDrag(data: DataTransfer): boolean {
  return data.types.includes(stepDragType);
}

/** Where a step dropped on the canvas goes: into a connection, after a card, or into a lane by its height. */
export function dropPlace(
  target: Element,
  y: number,
  view: Pick<ViewState, "edges">,
  layout: CanvasLayout,
): StepPlace | null {
  const edgeId = target.closest(".react-flow__edge")?.getAttribute("data-id");
  const edge = view.edges.find(({ id }) => id === edgeId);
  if (edge)
    return { at: "edge", source: { stepId: edge.source, outcome: edge.data?.outcome ?? null }, targetKey: edge.target };
  const stepKey = target.closest(".react-flow__node")?.getAttribute("data-id");
  if (stepKey) return { at: "after", stepKey, outcome: null };
  const lane = laneAt(layout, y);
  if (!lane) return { at: "stage", stageKey: "stage" };
  return { at: "stage", stageKey: lane.stageKey };
}

/** The lane at a height; above the first it is the first, below the last it is the last. */
export function laneAt(layout: CanvasLayout, y: number): Lane | undefined {
  return layout.lanes.findLast((lane) => lane.y <= y) ?? layout.lanes[0];
}
