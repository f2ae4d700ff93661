// Outlines: smooth closed curves through a few points, ellipses, bands, and the same outline larger or smaller.
import type { Point } from "./plane.ts";

/** Returns points from their coordinates in a row: x, y, x, y, … */
export function points(coordinates: readonly number[]): Point[] {
  return Array.from({ length: coordinates.length / 2 }, (_, index) => [
    coordinates[2 * index] as number,
    coordinates[2 * index + 1] as number,
  ]);
}

/** Returns points drawn for the left side on `side` (−1 right, 1 left), in the same order. */
export function onSide(side: number, coordinates: readonly number[]): Point[] {
  return points(coordinates).map(([x, y]): Point => [side * x, y]);
}

/** Returns the closed Catmull–Rom curve through `corners`, `steps` pieces between two of them. */
export function smooth(corners: readonly Point[], steps = 8): Point[] {
  const count = corners.length;
  const at = (index: number) => corners[(index + count) % count] as Point;
  return Array.from({ length: count * steps }, (_, index) => {
    const piece = Math.floor(index / steps);
    return spline(at(piece - 1), at(piece), at(piece + 1), at(piece + 2), (index % steps) / steps);
  });
}

/** Returns the open Catmull–Rom curve through `corners`, its ends included. */
export function smoothLine(corners: readonly Point[], steps = 8): Point[] {
  const last = corners.length - 1;
  const at = (index: number) => corners[Math.min(Math.max(index, 0), last)] as Point;
  return Array.from({ length: last * steps + 1 }, (_, index) => {
    const piece = Math.min(Math.floor(index / steps), last - 1);
    return spline(at(piece - 1), at(piece), at(piece + 1), at(piece + 2), index / steps - piece);
  });
}

/** Returns an ellipse with half axes `a` and `b`, the first turned from +x towards +y by `turn` radians. */
export function ellipse(x: number, y: number, a: number, b: number, turn = 0): Point[] {
  const count = Math.min(96, Math.max(16, Math.round(6 * Math.sqrt(Math.max(a, b)) + 8)));
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  return Array.from({ length: count }, (_, index) => {
    const angle = (2 * Math.PI * index) / count;
    const [u, v] = [a * Math.cos(angle), b * Math.sin(angle)];
    return [x + u * cos - v * sin, y + u * sin + v * cos];
  });
}

/** Closes the half outline `half` (x ≥ 0, from one end of the midline to the other) with its mirror image. */
export function mirrored(half: readonly Point[]): Point[] {
  return [
    ...half,
    ...half
      .filter(([x]) => x !== 0)
      .map(([x, y]): Point => [-x, y])
      .reverse(),
  ];
}

/** Returns `points` reflected in the midline. */
export function flipped(points: readonly Point[]): Point[] {
  return points.map(([x, y]): Point => [-x, y]).reverse();
}

/** Returns `points` scaled about `centre`. */
export function scaled(points: readonly Point[], centre: Point, byX: number, byY = byX): Point[] {
  return points.map(([x, y]): Point => [centre[0] + (x - centre[0]) * byX, centre[1] + (y - centre[1]) * byY]);
}

/** Returns `points` moved by (x, y) millimetres. */
export function moved(points: readonly Point[], byX: number, byY: number): Point[] {
  return points.map(([x, y]): Point => [x + byX, y + byY]);
}

/** Returns the closed `outline` pushed outwards by `distance` millimetres (inwards when negative), which may differ by place. */
export function inflated(outline: readonly Point[], distance: number | ((x: number, y: number) => number)): Point[] {
  const outwards = Math.sign(area(outline));
  const count = outline.length;
  return outline.map(([x, y], index) => {
    const before = outline[(index + count - 1) % count] as Point;
    const after = outline[(index + 1) % count] as Point;
    const [dx, dy] = [after[0] - before[0], after[1] - before[1]];
    const reach = (outwards * (typeof distance === "number" ? distance : distance(x, y))) / (Math.hypot(dx, dy) || 1);
    return [x + dy * reach, y - dx * reach];
  });
}

/** Returns the outline of a band of `width` millimetres along the open `line`, tapering to `endWidth`. */
export function band(line: readonly Point[], width: number, endWidth = width): Point[] {
  const last = line.length - 1;
  const sides = [1, -1].map((side) =>
    line.map(([x, y], index): Point => {
      const before = line[Math.max(index - 1, 0)] as Point;
      const after = line[Math.min(index + 1, last)] as Point;
      const [dx, dy] = [after[0] - before[0], after[1] - before[1]];
      const reach = (side * (width + ((endWidth - width) * index) / last)) / 2 / (Math.hypot(dx, dy) || 1);
      return [x + dy * reach, y - dx * reach];
    }),
  );
  return [...(sides[0] ?? []), ...(sides[1] ?? []).reverse()];
}

/** Returns the length of a dome's half section at `height`: 1 at its foot (0), 0 at its top (`rise`), round between. */
export function dome(height: number, rise: number, roundness = 2): number {
  if (height <= 0) return 1;
  return height >= rise ? 0 : (1 - (height / rise) ** roundness) ** (1 / roundness);
}

/** Returns the half section of a ball of half height `half` at height `z`: 1 in its middle, 0 outside. */
export function swell(z: number, middle: number, half: number): number {
  const off = (z - middle) / half;
  return Math.abs(off) >= 1 ? 0 : Math.sqrt(1 - off * off);
}

function area(outline: readonly Point[]): number {
  let twice = 0;
  let from = outline.at(-1) as Point;
  for (const to of outline) {
    twice += from[0] * to[1] - to[0] * from[1];
    from = to;
  }
  return twice / 2;
}

function spline(p0: Point, p1: Point, p2: Point, p3: Point, t: number): Point {
  return [along(p0[0], p1[0], p2[0], p3[0], t), along(p0[1], p1[1], p2[1], p3[1], t)];
}

function along(p0: number, p1: number, p2: number, p3: number, t: number): number {
  return p1 + (t / 2) * (p2 - p0 + t * (2 * p0 - 5 * p1 + 4 * p2 - p3 + t * (3 * (p1 - p2) + p3 - p0)));
}
