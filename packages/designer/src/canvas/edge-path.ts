/** The ends of a line and the way it takes. */
export interface EdgeCourse {
  readonly sourceX: number;
  readonly sourceY: number;
  readonly targetX: number;
  readonly targetY: number;
  readonly busOffset: number;
  readonly channelX: number | null;
}

const radius = 8;
const entry = 12;

/** An orthogonal line with round corners, and the place for its `+`. */
export function edgePath(course: EdgeCourse): {
  readonly path: string;
  readonly plusX: number;
  readonly plusY: number;
} {
  const { sourceX, sourceY, targetX, targetY, busOffset, channelX } = course;
  if (channelX === null) {
    const bus = Math.min(sourceY + busOffset, targetY - 4);
    const points =
      sourceX === targetX
        ? [
            { x: sourceX, y: sourceY },
            { x: targetX, y: targetY },
          ]
        : [
            { x: sourceX, y: sourceY },
            { x: sourceX, y: bus },
            { x: targetX, y: bus },
            { x: targetX, y: targetY },
          ];
    const straight = sourceX === targetX;
    return {
      path: roundedPath(points),
      plusX: straight ? targetX : sourceX,
      plusY: straight ? (sourceY + targetY) / 2 : (sourceY + bus) / 2,
    };
  }
  const down = sourceY + Math.min(busOffset, 34);
  const up = targetY - entry;
  const points = [
    { x: sourceX, y: sourceY },
    { x: sourceX, y: down },
    { x: channelX, y: down },
    { x: channelX, y: up },
    { x: targetX, y: up },
    { x: targetX, y: targetY },
  ];
  return { path: roundedPath(points), plusX: channelX, plusY: (down + up) / 2 };
}

interface Point {
  readonly x: number;
  readonly y: number;
}

function roundedPath(points: readonly Point[]): string {
  const [first, ...rest] = points;
  if (!first) return "";
  let path = `M${first.x} ${first.y}`;
  rest.forEach((corner, index) => {
    const before = points[index];
    const after = rest[index + 1];
    if (!before) return;
    if (!after) {
      path += `L${corner.x} ${corner.y}`;
      return;
    }
    // A corner takes at most half of the shorter line that meets in it.
    const r = Math.min(radius, length(before, corner) / 2, length(corner, after) / 2);
    const start = towards(corner, before, r);
    const end = towards(corner, after, r);
    path += `L${start.x} ${start.y}Q${corner.x} ${corner.y} ${end.x} ${end.y}`;
  });
  return path;
}

function length(a: Point, b: Point): number {
  return Math.abs(a.x - b.x) + Math.abs(a.y - b.y);
}

function towards(from: Point, to: Point, by: number): Point {
  return { x: from.x + Math.sign(to.x - from.x) * by, y: from.y + Math.sign(to.y - from.y) * by };
}
