// The twelve pairs of ribs as tubes along the wall of the chest, and where each turns to cartilage.
import { inflated } from "../drawing/outline.ts";
import type { Point } from "../drawing/plane.ts";
import type { Knot } from "../drawing/tube.ts";
import { cavity, type Side } from "./thorax.ts";

/** One rib: bone from the spine forwards, then cartilage towards the breastbone (none for the floating ribs). */
export interface Rib {
  readonly side: Side;
  readonly bone: readonly Knot[];
  readonly cartilage: readonly Knot[];
}

/** The height of the disc below vertebra `index` (0 is T1), and the distance between two discs, in millimetres. */
export const vertebra = { top: 136, height: 22.5 } as const;

/** Returns all ribs, right and left. */
export function ribs(): Rib[] {
  return ([-1, 1] as const).flatMap((side) => Array.from({ length: 12 }, (_, index) => rib(index, side)));
}

function rib(index: number, side: Side): Rib {
  const boneEnd = index < 10 ? 0.8 - 0.012 * index : 0.5 - 0.12 * (index - 10);
  const end = index < 7 ? 0.985 : index < 10 ? 0.9 - 0.05 * (index - 7) : boneEnd;
  const run = (from: number, to: number, steps: number) =>
    Array.from({ length: steps + 1 }, (_, step) => ribAt(index, side, from + ((to - from) * step) / steps));
  return { side, bone: run(0, boneEnd, 26), cartilage: end > boneEnd ? run(boneEnd, end, 6) : [] };
}

// `share` runs from the spine (0) round to the front (1); the rib falls on its way, its cartilage rises again.
function ribAt(index: number, side: Side, share: number): Knot {
  const fall = index === 0 ? 30 : Math.min(96, 56 + 6 * index);
  const rise = share > 0.78 ? (share - 0.78) * (index > 2 ? 22 * Math.min(index, 8) : 0) : 0;
  const z =
    vertebra.top -
    10 -
    vertebra.height * index -
    fall * Math.sin((Math.min(share, 0.85) * Math.PI) / 1.7) ** 1.35 +
    rise;
  const [x, y] = alongWall(inflated(cavity(Math.min(z, 106)), 5.2), 1 - share);
  return { x: side * x, y, z, r: index === 0 ? 5.2 : 4.7 };
}

function alongWall(wall: readonly Point[], share: number): Point {
  const steps = wall
    .slice(1)
    .map(([x, y], index) => Math.hypot(x - (wall[index] as Point)[0], y - (wall[index] as Point)[1]));
  let left = share * 0.965 * steps.reduce((sum, step) => sum + step, 0);
  for (const [index, step] of steps.entries()) {
    if (left <= step) return between(wall[index] as Point, wall[index + 1] as Point, left / step);
    left -= step;
  }
  return wall.at(-1) as Point;
}

function between(a: Point, b: Point, t: number): Point {
  return [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t];
}
