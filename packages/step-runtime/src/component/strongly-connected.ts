/**
 * Groups the vertices of a graph by the loops they share (Tarjan 1972, without recursion). A group comes after every group
 * it leads to; a vertex on no loop is a group of its own.
 *
 * @param successors by vertex, from 0
 */
export function stronglyConnected(successors: readonly (readonly number[])[]): readonly (readonly number[])[] {
  const groups: number[][] = [];
  const found = new Int32Array(successors.length).fill(-1);
  const low = new Int32Array(successors.length);
  const isOpen = new Uint8Array(successors.length);
  const open: number[] = [];
  let clock = 0;

  function enter(vertex: number): { readonly vertex: number; next: number } {
    found[vertex] = low[vertex] = clock++;
    open.push(vertex);
    isOpen[vertex] = 1;
    return { vertex, next: 0 };
  }

  function close(root: number): void {
    const group: number[] = [];
    for (let vertex = open.pop(); vertex !== undefined; vertex = open.pop()) {
      isOpen[vertex] = 0;
      group.push(vertex);
      if (vertex === root) break;
    }
    groups.push(group);
  }

  for (let start = 0; start < successors.length; start++) {
    if (found[start] !== -1) continue;
    const path = [enter(start)];
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const { vertex } = top;
      const successor = successors[vertex]?.[top.next++];
      if (successor !== undefined) {
        if (found[successor] === -1) path.push(enter(successor));
        else if (isOpen[successor]) low[vertex] = Math.min(low[vertex] ?? 0, found[successor] ?? 0);
        continue;
      }
      path.pop();
      const below = path.at(-1)?.vertex;
      if (below !== undefined) low[below] = Math.min(low[below] ?? 0, low[vertex] ?? 0);
      if (low[vertex] === found[vertex]) close(vertex);
    }
  }
  return groups;
}
