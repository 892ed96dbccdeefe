import { stageOf } from "../store/dataflow-links.ts";
import type { DataflowEntity } from "../store/flow-document.ts";
import type { CardPosition } from "../store/stored-positions.ts";
import type { StepMove } from "../store/step-actions.ts";
import { cardSize } from "./card-size.ts";
import type { CanvasLayout } from "./tidy-layout.ts";

/**
 * What dropping a card means: in its column it takes its place among the others, elsewhere its position is kept.
 *
 * @returns null when the card is back where it was
 */
export function moveOfDrag(
  dataflow: DataflowEntity,
  layout: CanvasLayout,
  stepKey: string,
  dropped: CardPosition,
): StepMove | null {
  const was = layout.cards.get(stepKey);
  if (!was || (was.x === dropped.x && was.y === dropped.y)) return null;
  const middle = dropped.y + cardSize.height / 2;
  const lane = layout.lanes.find(({ y, height }) => middle < y + height) ?? layout.lanes.at(-1);
  if (!lane) return null;
  const others = (dataflow.stages[lane.stageKey]?.stepKeys ?? []).filter((key) => key !== stepKey);
  const index = others.filter((key) => (layout.cards.get(key)?.y ?? 0) + cardSize.height / 2 < middle).length;
  const column = Math.round((dropped.x + cardSize.width / 2) / cardSize.column) * cardSize.column - cardSize.width / 2;
  const isTidy = Math.abs(dropped.x - was.x) <= cardSize.grid && Math.abs(was.x - column) < 1;
  if (isTidy) {
    const own = dataflow.stages[lane.stageKey]?.stepKeys ?? [];
    if (stageOf(dataflow, stepKey) === lane.stageKey && own.indexOf(stepKey) === index) return null;
    return { stageKey: lane.stageKey, index, position: null };
  }
  const inColumn = Math.abs(dropped.x + cardSize.width / 2) <= cardSize.grid;
  return {
    stageKey: lane.stageKey,
    index,
    position: inColumn
      ? null
      : { x: dropped.x + cardSize.width / 2, y: Math.max(cardSize.laneInset, dropped.y - lane.y) },
  };
}
