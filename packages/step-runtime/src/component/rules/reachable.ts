/** Marks with 1 the vertices that the roots lead to, the roots included. */
export function reachable(
  successors: readonly (readonly { readonly vertex: number }[])[],
  roots: readonly number[],
): Uint8Array {
  const reached = new Uint8Array(successors.length);
  const open: number[] = [];
  const reach = (vertex: number): void => {
    if (reached[vertex]) return;
    reached[vertex] = 1;
    open.push(vertex);
  };
  roots.forEach(reach);
  for (let vertex = open.pop(); vertex !== undefined; vertex = open.pop()) {
    for (const follower of successors[vertex] ?? []) reach(follower.vertex);
  }
  return reached;
}
