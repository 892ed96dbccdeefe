import type { CanvasEdge } from "./canvas-node.ts";

const followedOf = new WeakMap<readonly CanvasEdge[], ReadonlyMap<string, ReadonlySet<string>>>();

/** Whether something follows a step by an out-port. */
export function isFollowed(edges: readonly CanvasEdge[], stepKey: string, port: string): boolean {
  let followed = followedOf.get(edges);
  if (!followed) {
    const made = new Map<string, Set<string>>();
    for (const { source, sourceHandle } of edges) {
      const ports = made.get(source) ?? new Set();
      made.set(source, ports.add(sourceHandle ?? ""));
    }
    followed = made;
    followedOf.set(edges, followed);
  }
  return followed.get(stepKey)?.has(port) ?? false;
}
