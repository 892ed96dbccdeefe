import type { Follower } from "./dataflow-scope.ts";

/**
 * The place of each vertex in an order where every vertex comes before what it leads to, loops aside, and short side paths
 * end before long ones go on: by the longest way from the roots.
 */
export function layeredOrder(successors: readonly (readonly Follower[])[], roots: readonly number[]): Int32Array {
  const order = reversePostorder(successors, roots);
  const place = placesOf(order);
  const layer = new Int32Array(order.length);
  for (const vertex of order) {
    for (const follower of successors[vertex] ?? []) {
      // Only what lies ahead: the rest closes a loop.
      if ((place[follower.vertex] ?? 0) <= (place[vertex] ?? 0)) continue;
      layer[follower.vertex] = Math.max(layer[follower.vertex] ?? 0, (layer[vertex] ?? 0) + 1);
    }
  }
  return placesOf(order.toSorted((a, b) => (layer[a] ?? 0) - (layer[b] ?? 0)));
}

function placesOf(order: Int32Array): Int32Array {
  const place = new Int32Array(order.length);
  for (const [index, vertex] of order.entries()) place[vertex] = index;
  return place;
}

/** Depth first, without recursion. */
function reversePostorder(successors: readonly (readonly Follower[])[], roots: readonly number[]): Int32Array {
  const order = new Int32Array(successors.length);
  const seen = new Uint8Array(successors.length);
  let next = successors.length - 1;
  const visit = (root: number): void => {
    if (seen[root]) return;
    seen[root] = 1;
    const path = [{ vertex: root, next: 0 }];
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const follower = successors[top.vertex]?.[top.next++];
      if (!follower) {
        order[next--] = top.vertex;
        path.pop();
      } else if (!seen[follower.vertex]) {
        seen[follower.vertex] = 1;
        path.push({ vertex: follower.vertex, next: 0 });
      }
    }
  };
  roots.forEach(visit);
  for (let vertex = 0; vertex < successors.length; vertex++) visit(vertex);
  return order;
}
