import type { StepTypes } from "@onceflow/step-runtime";
import { dataflowLinks, type Link, stepOrder } from "../store/dataflow-links.ts";
import type { DataflowEntity } from "../store/flow-document.ts";
import { type CardPosition, isCardPosition } from "../store/stored-positions.ts";
import { cardSize } from "./card-size.ts";
import { cardOutcomes } from "./card-outcomes.ts";

/** Where a stage lies on the canvas. */
export interface Lane {
  readonly stageKey: string;
  readonly y: number;
  readonly height: number;
}

/** The way of one connection. */
interface Route {
  readonly link: Link;
  readonly busOffset: number;
  readonly channelX: number | null;
}

/** Where everything stands; x counts from the middle of the first column. */
export interface CanvasLayout {
  readonly lanes: readonly Lane[];
  /** The upper left corner of each card. */
  readonly cards: ReadonlyMap<string, CardPosition>;
  readonly routes: readonly Route[];
}

/** With less room below its source, a card is reached around the side. */
const leastRoom = 12;

/** Lays a dataflow out: stages from top to bottom, one step a row, side outcomes in columns to the right. */
export function tidyLayout(
  dataflow: DataflowEntity,
  steps: StepTypes,
  stored: Readonly<Record<string, unknown>>,
): CanvasLayout {
  const links = dataflowLinks(dataflow, steps);
  const columns = stepColumns(dataflow, links);
  const branching = new Set(links.filter((link) => link.source.outcome !== null).map((link) => link.source.stepId));
  const lanes: Lane[] = [];
  const cards = new Map<string, CardPosition>();
  let y = 0;
  for (const stageKey of dataflow.stageKeys) {
    const top = y;
    let bottom = top;
    y += cardSize.laneInset;
    for (const stepKey of dataflow.stages[stageKey]?.stepKeys ?? []) {
      const step = dataflow.steps[stepKey];
      if (!step) continue;
      const outcomes = cardOutcomes(step, steps.get(step.type)).length;
      const gap = outcomes >= 3 ? cardSize.gapOutcomes : branching.has(stepKey) ? cardSize.gapBranch : cardSize.gap;
      const x = (columns.get(stepKey) ?? 0) * cardSize.column - cardSize.width / 2;
      const moved = Object.hasOwn(stored, step.id) ? stored[step.id] : undefined;
      if (isCardPosition(moved)) {
        cards.set(stepKey, { x: moved.x - cardSize.width / 2, y: top + moved.y });
        bottom = Math.max(bottom, top + moved.y + cardSize.height + cardSize.laneInset);
        // A card beside the column leaves its row to the others; one that overlaps the column keeps it free.
        if (Math.abs(moved.x - cardSize.width / 2 - x) >= cardSize.width) continue;
      } else cards.set(stepKey, { x, y });
      y += cardSize.height + gap;
    }
    const least = cardSize.height + cardSize.gap;
    y = Math.max(y - cardSize.laneInset, bottom, top + least);
    lanes.push({ stageKey, y: top, height: y - top });
  }
  return { lanes, cards, routes: routes(links, cards) };
}

/** Followers of a step's first way stay in its column; each further one goes a column to the right. */
function stepColumns(dataflow: DataflowEntity, links: readonly Link[]): ReadonlyMap<string, number> {
  const order = new Map(stepOrder(dataflow).map((key, index) => [key, index]));
  const before = (a: string, b: string) => (order.get(a) ?? 0) < (order.get(b) ?? 0);
  const columns = new Map<string, number>();
  const followers = new Map<string, string[]>();
  for (const link of links) {
    if (!before(link.source.stepId, link.targetKey)) continue;
    const known = followers.get(link.source.stepId) ?? [];
    if (!known.includes(link.targetKey)) followers.set(link.source.stepId, [...known, link.targetKey]);
  }
  // The main outcome's follower keeps the column, wherever it stands in the document.
  for (const link of links) {
    const list = followers.get(link.source.stepId);
    if (link.source.outcome === null && list && list[0] !== link.targetKey && list.includes(link.targetKey)) {
      const first = links.find(
        ({ source }) => source.stepId === link.source.stepId && source.outcome === null,
      )?.targetKey;
      if (first === link.targetKey) followers.set(link.source.stepId, [first, ...list.filter((key) => key !== first)]);
    }
  }
  for (const key of order.keys()) {
    const sources = links
      .filter((link) => link.targetKey === key && before(link.source.stepId, key))
      .map((link) => link.source.stepId);
    const wishes = [...new Set(sources)].map(
      (source) => (columns.get(source) ?? 0) + (followers.get(source)?.indexOf(key) ?? 0),
    );
    columns.set(key, wishes.length > 0 ? Math.min(...wishes) : 0);
  }
  return columns;
}

function routes(links: readonly Link[], cards: ReadonlyMap<string, CardPosition>): readonly Route[] {
  const perPair = new Map<string, number>();
  for (const { source, targetKey } of links) {
    const pair = `${source.stepId}>${targetKey}`;
    perPair.set(pair, (perPair.get(pair) ?? 0) + 1);
  }
  let channels = 0;
  return links.map((link) => {
    const from = cards.get(link.source.stepId);
    const to = cards.get(link.targetKey);
    if (!from || !to) return { link, busOffset: cardSize.gap / 2, channelX: null };
    const room = to.y - from.y - cardSize.height;
    const meets = (perPair.get(`${link.source.stepId}>${link.targetKey}`) ?? 0) > 1;
    const busOffset = room >= cardSize.gapOutcomes ? (meets ? 46 : 34) : Math.max(6, Math.min(room / 2, 34));
    const blocked = room < leastRoom || crosses(cards, link, from, to);
    if (!blocked) return { link, busOffset, channelX: null };
    channels += 1;
    // Beside all cards on the way, clear of the durations that stand there; each line gets its own track.
    const channelX = rightEdge(cards, from, to) + 48 + ((channels - 1) % 3) * 8;
    return { link, busOffset: Math.min(busOffset, 34), channelX };
  });
}

/** Whether a card stands in the way of a line that goes down in the target's column. */
function crosses(cards: ReadonlyMap<string, CardPosition>, link: Link, from: CardPosition, to: CardPosition): boolean {
  for (const [key, card] of cards) {
    if (key === link.source.stepId || key === link.targetKey) continue;
    const between = card.y > from.y && card.y < to.y;
    const line = to.x + cardSize.width / 2;
    if (between && line > card.x - 8 && line < card.x + cardSize.width + 8) return true;
  }
  return false;
}

function rightEdge(cards: ReadonlyMap<string, CardPosition>, from: CardPosition, to: CardPosition): number {
  const top = Math.min(from.y, to.y);
  const bottom = Math.max(from.y, to.y);
  return Math.max(...[...cards.values()].filter(({ y }) => y >= top && y <= bottom).map(({ x }) => x + cardSize.width));
}
