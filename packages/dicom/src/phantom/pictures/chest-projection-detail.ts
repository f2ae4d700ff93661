// Vessels, airways, nodule and stomach gas in a chest radiograph, as millimetres of water more or less on a ray.
import { band, ellipse, inflated } from "../drawing/outline.ts";
import { add, type Plane, type Point } from "../drawing/plane.ts";
import type { Knot } from "../drawing/tube.ts";
import type { ChestModel } from "./chest-model.ts";
import { course } from "./mediastinum-slice.ts";

/** Adds to `target` (y is −z) what soft tissue is too fine for the levels. */
export function addSoftDetail(target: Plane, { tree, nodule }: ChestModel): void {
  for (const [from, to] of tree.vessels) {
    if (from.r > 0.42) add(target, piece(from, to), 1.25 * (from.r + to.r));
  }
  addVessel(target, [...course.windpipe], -0.95);
  addVessel(target, [...course.rightBronchus], -0.75);
  addVessel(target, [...course.leftBronchus], -0.75);
  for (const part of nodule?.parts ?? []) addBall(target, part.x, -part.z, part.r, 0.7);
  for (let shrink = 0; shrink < 6; shrink++) add(target, inflated(ellipse(66, 78, 30, 13, 0.1), -1.8 * shrink), -6);
}

function piece(from: Knot, to: Knot): Point[] {
  const [dx, dy] = [to.x - from.x, from.z - to.z];
  const length = Math.hypot(dx, dy);
  if (length < 0.8) return ellipse(from.x, -from.z, from.r, from.r);
  const [nx, ny] = [-dy / length, dx / length];
  return [
    [from.x + nx * from.r, -from.z + ny * from.r],
    [to.x + nx * to.r, -to.z + ny * to.r],
    [to.x - nx * to.r, -to.z - ny * to.r],
    [from.x - nx * from.r, -from.z - ny * from.r],
  ];
}

// Three bands of falling width stand for the round section of a tube.
function addVessel(target: Plane, knots: readonly Knot[], density: number): void {
  const line = knots.map(({ x, z }): Point => [x, -z]);
  const [start, end] = [knots[0] as Knot, knots.at(-1) as Knot];
  for (const share of [1, 0.86, 0.6])
    add(target, band(line, 2 * start.r * share, 2 * end.r * share), density * (start.r + end.r) * 0.33);
}

function addBall(target: Plane, x: number, y: number, radius: number, density: number): void {
  for (const share of [1, 0.85, 0.65, 0.4])
    add(target, ellipse(x, y, radius * share, radius * share), density * radius * 0.5);
}
