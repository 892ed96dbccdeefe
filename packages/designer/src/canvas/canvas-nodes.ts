import { type NodeHandle, Position } from "@xyflow/react";
import type { StepTypes } from "@onceflow/step-runtime";
import { dataflowLinks } from "../store/dataflow-links.ts";
import type { DataflowEntity } from "../store/flow-document.ts";
import type { CanvasEdge, CanvasNode } from "./canvas-node.ts";
import { cardSize } from "./card-size.ts";
import { cardOutcomes, portPositions } from "./card-outcomes.ts";
import type { CanvasLayout } from "./tidy-layout.ts";

/** The id of the port by which a step is entered. */
export const inPort = "in";

const measured = { width: cardSize.width, height: cardSize.height };
const noData = {};

/**
 * The nodes of a layout. They carry their size and ports, without which React Flow mounts every card once to measure it;
 * a card that stands where it stood keeps its object.
 */
export function canvasNodes(
  dataflow: DataflowEntity,
  steps: StepTypes,
  layout: CanvasLayout,
  selected: readonly string[],
  before: readonly CanvasNode[],
  readOnly: boolean,
): readonly CanvasNode[] {
  const known = new Map(before.map((node) => [node.id, node]));
  const followed = followedOutcomes(dataflow, steps);
  const nodes = [...layout.cards].map(([id, position]): CanvasNode => {
    const type = steps.get(dataflow.steps[id]?.type ?? "");
    const outcomes = cardOutcomes(dataflow.steps[id], type, followed.get(id)).map((outcome) => outcome.id);
    const handles = nodeHandles(type?.sources !== "none", outcomes);
    const isSelected = selected.includes(id);
    const old = known.get(id);
    if (
      old &&
      old.position.x === position.x &&
      old.position.y === position.y &&
      old.selected === isSelected &&
      old.draggable === !readOnly &&
      !old.dragging &&
      old.handles === handles
    )
      return old;
    return {
      id,
      type: "step",
      position,
      data: noData,
      selected: isSelected,
      draggable: !readOnly,
      zIndex: 2,
      ...measured,
      measured,
      handles: handles as NodeHandle[],
    };
  });
  return sameItems(nodes, before) ? before : nodes;
}

/** The edges of a layout; one that goes the way it went keeps its object. */
export function canvasEdges(
  dataflow: DataflowEntity,
  steps: StepTypes,
  layout: CanvasLayout,
  before: readonly CanvasEdge[],
): readonly CanvasEdge[] {
  const known = new Map(before.map((edge) => [edge.id, edge]));
  const edges = layout.routes.map(({ link: { source, targetKey }, busOffset, channelX }): CanvasEdge => {
    const type = steps.get(dataflow.steps[source.stepId]?.type ?? "");
    const handle = source.outcome ?? cardOutcomes(dataflow.steps[source.stepId], type)[0]?.id ?? "";
    const id = edgeId(source.stepId, handle, targetKey);
    const old = known.get(id);
    if (
      old?.data &&
      old.data.busOffset === busOffset &&
      old.data.channelX === channelX &&
      old.data.outcome === source.outcome
    )
      return old;
    return {
      id,
      type: "source",
      source: source.stepId,
      sourceHandle: portId(handle),
      target: targetKey,
      targetHandle: inPort,
      focusable: false,
      // Cards and outline tell the connections in words; the canvas would name these lines by their ids, in English.
      domAttributes: { "aria-hidden": true },
      data: { outcome: source.outcome, busOffset, channelX },
    };
  });
  return sameItems(edges, before) ? before : edges;
}

/** The canvas's id of a connection. */
function edgeId(sourceKey: string, outcome: string, targetKey: string): string {
  return `${sourceKey}.${outcome}>${targetKey}`;
}

/** The canvas's id of an out-port. React Flow takes an empty one for none. */
export function portId(outcome: string): string {
  return `out:${outcome}`;
}

/** The outcome of an out-port; null for the main one of an unknown type. */
export function portOutcome(handle: string | null | undefined): string | null {
  return handle?.slice("out:".length) || null;
}

const handleLists = new Map<string, readonly NodeHandle[]>();

function nodeHandles(entered: boolean, outcomes: readonly string[]): readonly NodeHandle[] {
  const key = JSON.stringify([entered, outcomes]);
  let list = handleLists.get(key);
  if (!list) {
    const xs = portPositions(outcomes.length);
    list = [
      ...(entered
        ? [{ id: inPort, type: "target" as const, position: Position.Top, x: 112, y: -2.5, width: 16, height: 5 }]
        : []),
      ...outcomes.map((id, index) => ({
        id: portId(id),
        type: "source" as const,
        position: Position.Bottom,
        x: (xs[index] ?? 120) - 4.5,
        y: cardSize.height - 4.5,
        width: 9,
        height: 9,
      })),
    ];
    handleLists.set(key, list);
  }
  return list;
}

function followedOutcomes(dataflow: DataflowEntity, steps: StepTypes): ReadonlyMap<string, string[]> {
  const followed = new Map<string, string[]>();
  for (const { source } of dataflowLinks(dataflow, steps)) {
    if (source.outcome === null || steps.get(dataflow.steps[source.stepId]?.type ?? "")) continue;
    const list = followed.get(source.stepId) ?? [];
    if (!list.includes(source.outcome)) followed.set(source.stepId, [...list, source.outcome]);
  }
  return followed;
}

function sameItems<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}
