import type { Edge, Node } from "@xyflow/react";

/** A card on the canvas: it holds nothing but its id, the card reads its own step. */
export type CanvasNode = Node<Record<string, never>, "step">;

/** A connection on the canvas with the way that it takes. */
export type CanvasEdge = Edge<CanvasEdgeData, "source">;

/** What an edge knows beside its ends. */
interface CanvasEdgeData extends Record<string, unknown> {
  readonly outcome: string | null;
  /** Where the line turns sideways, below the source card. */
  readonly busOffset: number;
  /** The x of the line's own channel, when a card stands between its ends. */
  readonly channelX: number | null;
}
