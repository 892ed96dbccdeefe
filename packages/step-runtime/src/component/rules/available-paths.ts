import { parsePath, printPath } from "../path.ts";
import type { AddedPath, ModelChange } from "../step-type.ts";
import { stronglyConnected } from "../strongly-connected.ts";
import type { DataflowScope } from "./dataflow-scope.ts";
import { reachable } from "./reachable.ts";

/** What steps may find in the model, as far as it can be told beforehand. */
export interface AvailablePaths {
  /** True also where nobody can tell: behind a script, a step of unknown type or a broken connection. */
  readonly has: (vertex: number, keys: readonly string[]) => boolean;
  /** The paths that a step may read, for suggestions. */
  readonly list: (vertex: number) => Iterable<string>;
}

/** A key of the model, with the changes that provide it. */
interface PathNode {
  readonly children: Map<string, PathNode>;
  readonly providers: number[];
  /** The changes behind which anything may stand below this key. */
  readonly openProviders: number[];
}

/** One set of bits per vertex: which changes may have happened before it. Null: anything may have. */
type Bits = Uint32Array | null;

/** Follows every change of the model along the connections; on a loop, all steps may have run before each. */
export function availablePaths(scope: DataflowScope): AvailablePaths {
  const { vertices, successors, starts, graph, vertexOf } = scope;
  const { changes, root, bitsOf, isReplacing, width, dataMask } = collectChanges(scope);
  const before: Bits[] = vertices.map(() => new Uint32Array(width));
  const broken = new Set(graph.dangling.map(({ target }) => vertexOf(target)));
  const reached = reachable(successors, starts);
  for (const vertex of vertices.keys()) if (broken.has(vertex) || !reached[vertex]) before[vertex] = null;

  const groups = stronglyConnected(successors.map((followers) => followers.map(({ vertex }) => vertex)));
  for (const group of groups.toReversed()) {
    const members = new Set(group);
    let after: Bits;
    const first = group[0] ?? -1;
    if (group.length === 1 && !successors[first]?.some(({ vertex }) => vertex === first)) {
      after = applyChange(
        before[first] ?? null,
        changes[first] ?? null,
        bitsOf[first] ?? [],
        isReplacing[first] ? dataMask : null,
      );
    } else {
      after = group.reduce<Bits>((sum, vertex) => union(sum, before[vertex] ?? null), new Uint32Array(width));
      for (const vertex of group) after = applyChange(after, changes[vertex] ?? null, bitsOf[vertex] ?? [], null);
      for (const vertex of group) before[vertex] = after;
    }
    for (const vertex of group) {
      for (const follower of successors[vertex] ?? []) {
        if (!members.has(follower.vertex)) before[follower.vertex] = union(before[follower.vertex] ?? null, after);
      }
    }
  }
  return {
    has: (vertex, keys) => hasPath(root, before[vertex] ?? null, keys.map(withoutType)),
    list: (vertex) => listPaths(root, before[vertex] ?? null, []),
  };
}

function collectChanges({ vertices, changesOf }: DataflowScope) {
  const root: PathNode = emptyNode();
  const bitBySignature = new Map<string, number>();
  const changes = vertices.map(changesOf);
  const bitsOf = changes.map((change) => {
    const adds = change?.adds ?? [];
    // What is under "data" survives Transform model, the rest does not: two bits.
    return [adds.filter(isData), adds.filter((added) => !isData(added))].map((part, half) => {
      const signature = JSON.stringify(part.map(({ path, type }) => [path, type]));
      let bit = bitBySignature.get(signature);
      if (bit === undefined) {
        bit = bitBySignature.size * 2 + (half === 0 ? 0 : 1);
        bitBySignature.set(signature, bit);
        addPaths(root, part, bit);
      }
      return bit;
    });
  });
  const width = Math.ceil((bitBySignature.size * 2) / 32);
  return {
    changes,
    root,
    bitsOf,
    width,
    isReplacing: changes.map((change) => change?.replaces ?? false),
    dataMask: 0x5555_5555,
  };
}

function emptyNode(): PathNode {
  return { children: new Map(), providers: [], openProviders: [] };
}

function isData({ path }: AddedPath): boolean {
  return parsePath(path)?.[0] === "data";
}

/** `_ok@boolean` is read as `_ok`. */
function withoutType(key: string): string {
  const at = key.lastIndexOf("@");
  return at < 1 ? key : key.slice(0, at);
}

function addPaths(root: PathNode, adds: readonly AddedPath[], provider: number): void {
  const listed = new Set<PathNode>();
  const ends: { readonly node: PathNode; readonly type: AddedPath["type"] }[] = [];
  for (const { path, type } of adds) {
    let node = root;
    for (const key of (parsePath(path) ?? []).map(withoutType)) {
      listed.add(node);
      let child = node.children.get(key);
      if (!child) node.children.set(key, (child = emptyNode()));
      node = child;
      if (node.providers.at(-1) !== provider) node.providers.push(provider);
    }
    ends.push({ node, type });
  }
  for (const { node, type } of ends) {
    // An object whose keys the step lists has no others.
    if (type === "any" || type === "list" || (type === "object" && !listed.has(node)))
      node.openProviders.push(provider);
  }
}

function applyChange(before: Bits, change: ModelChange | null, bits: readonly number[], mask: number | null): Bits {
  if (!before || !change || change.open) return null;
  const after = Uint32Array.from(before);
  if (mask !== null) for (const index of after.keys()) after[index] = (after[index] ?? 0) & mask;
  for (const bit of bits) after[bit >> 5] = (after[bit >> 5] ?? 0) | (1 << (bit & 31));
  return after;
}

function union(a: Bits, b: Bits): Bits {
  if (!a || !b) return null;
  for (const index of b.keys()) a[index] = (a[index] ?? 0) | (b[index] ?? 0);
  return a;
}

function isSet(bits: Uint32Array, providers: readonly number[]): boolean {
  return providers.some((bit) => ((bits[bit >> 5] ?? 0) & (1 << (bit & 31))) !== 0);
}

function hasPath(root: PathNode, bits: Bits, keys: readonly string[]): boolean {
  if (!bits) return true;
  let node = root;
  for (const key of keys) {
    const child = node.children.get(key);
    if (!child || !isSet(bits, child.providers)) return isSet(bits, node.openProviders);
    node = child;
  }
  return true;
}

function* listPaths(node: PathNode, bits: Bits, keys: readonly string[]): Iterable<string> {
  for (const [key, child] of bits ? node.children : []) {
    if (!bits || !isSet(bits, child.providers)) continue;
    yield printPath([...keys, key]);
    yield* listPaths(child, bits, [...keys, key]);
  }
}
