import type { Draft } from "immer";
import type { FlowDocument } from "./flow-document.ts";

/** Where a person put a card: `x` from the column's middle to the card's, `y` from the top of its lane. */
export interface CardPosition {
  readonly x: number;
  readonly y: number;
}

/** The positions that are stored for a dataflow (`layout.positions`), by step id. */
export function storedPositions(
  meta: FlowDocument["meta"],
  dataflowId: string,
): Readonly<Record<string, CardPosition>> {
  const all = meta.layout?.["positions"];
  const own = isRecord(all) && Object.hasOwn(all, dataflowId) ? all[dataflowId] : undefined;
  // The very same object while nothing changes, so that layouts can be memoised by it.
  return isRecord(own) ? (own as Readonly<Record<string, CardPosition>>) : none;
}

/** Whether a stored value is a position (files are written by hand, too). */
export function isCardPosition(value: unknown): value is CardPosition {
  return isRecord(value) && Number.isFinite(value["x"]) && Number.isFinite(value["y"]);
}

/** Stores or forgets the position of a card; empty objects are not left behind. */
export function setCardPosition(
  draft: Draft<FlowDocument>,
  dataflowId: string,
  stepId: string,
  position: CardPosition | null,
): void {
  if (position) {
    const layout = (draft.meta.layout ??= {});
    const positions: Record<string, unknown> = isRecord(layout["positions"])
      ? layout["positions"]
      : (layout["positions"] = {});
    const own: Record<string, unknown> = isRecord(positions[dataflowId])
      ? positions[dataflowId]
      : (positions[dataflowId] = {});
    own[stepId] = { ...position };
    return;
  }
  const positions = draft.meta.layout?.["positions"];
  const own = isRecord(positions) ? positions[dataflowId] : undefined;
  if (!isRecord(own) || !(stepId in own)) return;
  delete own[stepId];
  if (Object.keys(own).length === 0) clearCardPositions(draft, dataflowId);
}

/** Forgets all positions of a dataflow. */
export function clearCardPositions(draft: Draft<FlowDocument>, dataflowId: string): void {
  const layout = draft.meta.layout;
  const positions = layout?.["positions"];
  if (!layout || !isRecord(positions) || !(dataflowId in positions)) return;
  delete positions[dataflowId];
  if (Object.keys(positions).length === 0) delete layout["positions"];
  if (Object.keys(layout).length === 0) delete draft.meta.layout;
}

const none: Readonly<Record<string, CardPosition>> = {};

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
