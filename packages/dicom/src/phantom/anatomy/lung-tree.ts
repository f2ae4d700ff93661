// The vessels and airways of both lungs: trees that branch from the hilum until they are too thin to see.
import type { Knot } from "../drawing/tube.ts";
import { between, type Chance, chanceOf } from "../random.ts";
import { depthInCavity, heartReach, heightAboveDiaphragm, type Side } from "./thorax.ts";

/** A straight piece of a branch. */
export type Segment = readonly [from: Knot, to: Knot];

/** What branches in the lungs. */
export interface LungTree {
  readonly vessels: readonly Segment[];
  /** Outer walls of the airways; the inside is a share `airwayInside` of the radius. */
  readonly airways: readonly Segment[];
}

/** The share of an airway's radius that is air. */
export const airwayInside = 0.68;

type Direction = readonly [x: number, y: number, z: number];

const segmental: readonly Direction[] = [
  [0.25, -0.1, 1],
  [0.6, 0.45, 0.85],
  [0.45, -0.9, 0.55],
  [1, -0.25, 0.35],
  [0.95, 0.5, 0.15],
  [0.45, 1, 0.1],
  [0.75, -0.85, -0.25],
  [0.85, -0.5, -0.5],
  [0.75, 0.05, -0.9],
  [0.9, 0.5, -0.6],
  [0.5, 0.75, -0.85],
  [0.2, 0.5, -1],
];

/** Returns the tree drawn for `path` under `seed`. */
export function lungTree(seed: string, path: string): LungTree {
  const chance = chanceOf(seed, `${path}/lung-tree`);
  const vessels: Segment[] = [];
  const airways: Segment[] = [];
  for (const side of [-1, 1] as const) {
    for (const direction of segmental) {
      const start = hilum(chance, side, 4);
      grow({ chance, side, grown: vessels }, { ...start, r: between(chance, 3.1, 4.2) }, toSide(direction, side));
      const vein = hilum(chance, side, -10);
      grow(
        { chance, side, grown: vessels },
        { ...vein, r: between(chance, 2.0, 2.7) },
        toSide(tilted(chance, direction, 0.3), side),
      );
      growAirway(
        chance,
        side,
        airways,
        { ...start, x: start.x + 4 * side, y: start.y + 6, r: 3.6 },
        toSide(direction, side),
      );
    }
    sprinkle({ chance, side, grown: vessels }, 1600);
  }
  return { vessels, airways };
}

interface Growth {
  readonly chance: Chance;
  readonly side: Side;
  readonly grown: Segment[];
}

const thinnest = 0.33;

function grow(growth: Growth, from: Knot, direction: Direction): void {
  const { chance, side, grown } = growth;
  const length = (5.5 + 4.6 * from.r) * between(chance, 0.75, 1.25);
  const course = openCourse(chance, side, from, direction, length);
  if (course === undefined) return;
  const end = ahead(from, course, length);
  const to = { ...end, r: Math.min(from.r * 0.9, 0.3 + 0.052 * depthInCavity(end.x, end.y, end.z)) };
  const middle = bent(chance, from, to);
  grown.push([from, middle], [middle, to]);
  const main = to.r * between(chance, 0.9, 0.98);
  if (main > thinnest) grow(growth, { ...to, r: main }, tilted(chance, course, 0.2));
  const twig = to.r * between(chance, 0.5, 0.8);
  if (twig > thinnest) grow(growth, { ...to, r: twig }, tilted(chance, course, 0.95));
}

function bent(chance: Chance, from: Knot, to: Knot): Knot {
  const by = 0.09 * Math.hypot(to.x - from.x, to.y - from.y, to.z - from.z);
  const half = (axis: "x" | "y" | "z") => (from[axis] + to[axis]) / 2 + between(chance, -by, by);
  return { x: half("x"), y: half("y"), z: half("z"), r: (from.r + to.r) / 2 };
}

// The last twigs, whose stems are too thin to follow: short, and pointing away from the hilum.
function sprinkle({ chance, side, grown }: Growth, count: number): void {
  for (let made = 0; made < count; made++) {
    const from = {
      x: side * between(chance, 26, 132),
      y: between(chance, -84, 98),
      z: between(chance, -124, 112),
      r: between(chance, 0.35, 0.65),
    };
    const course = tilted(chance, unit([from.x - 38 * side, from.y - 12, from.z - 20]), 0.5);
    const to = { ...ahead(from, course, between(chance, 4, 9)), r: 0.3 };
    if (inLung(from, side) && inLung(to, side)) grown.push([from, to]);
  }
}

function growAirway(chance: Chance, side: Side, grown: Segment[], from: Knot, direction: Direction): void {
  const length = 7 + 2.6 * from.r;
  const course = openCourse(chance, side, from, direction, length);
  if (course === undefined) return;
  const to = { ...ahead(from, course, length), r: from.r * 0.86 };
  grown.push([from, to]);
  if (to.r > 2) growAirway(chance, side, grown, to, tilted(chance, course, 0.22));
  if (to.r > 2.7) growAirway(chance, side, grown, { ...to, r: to.r * 0.72 }, tilted(chance, course, 0.9));
}

function hilum(chance: Chance, side: Side, below: number): Knot {
  return {
    x: side * between(chance, 36, 44),
    y: between(chance, 4, 18),
    z: 26 + below + between(chance, -12, 6),
    r: 3,
  };
}

// A branch that would leave the lung turns aside, or ends.
function openCourse(
  chance: Chance,
  side: Side,
  from: Knot,
  direction: Direction,
  length: number,
): Direction | undefined {
  let course = direction;
  for (let attempt = 0; attempt < 7; attempt++) {
    const end = ahead(from, course, length);
    if (end.x * side > 24 && inLung(end, side)) return course;
    course = tilted(chance, direction, 0.35 + 0.2 * attempt);
  }
  return undefined;
}

function inLung({ x, y, z }: Knot, side: Side): boolean {
  return (
    z > -128 &&
    z < 112 &&
    depthInCavity(x, y, z) > 4 &&
    heartReach(x, y, z) > 1.06 &&
    heightAboveDiaphragm(x, y, z, side) > 4
  );
}

function ahead(from: Knot, [x, y, z]: Direction, length: number): Knot {
  return { x: from.x + x * length, y: from.y + y * length, z: from.z + z * length, r: from.r };
}

function toSide([x, y, z]: Direction, side: Side): Direction {
  return unit([x * side, y, z]);
}

function tilted(chance: Chance, [x, y, z]: Direction, by: number): Direction {
  return unit([x + between(chance, -by, by), y + between(chance, -by, by), z + between(chance, -by, by)]);
}

function unit([x, y, z]: Direction): Direction {
  const length = Math.hypot(x, y, z) || 1;
  return [x / length, y / length, z / length];
}
