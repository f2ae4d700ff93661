// The bones in a chest radiograph: ribs, spine, collar bones, shoulder blades, upper arms, as millimetres of water on a ray.
import type { Rib } from "../anatomy/ribs.ts";
import { vertebra } from "../anatomy/ribs.ts";
import { band, ellipse, inflated, moved, onSide, points, scaled, smooth, smoothLine } from "../drawing/outline.ts";
import { add, type Plane, type Point } from "../drawing/plane.ts";
import type { Knot } from "../drawing/tube.ts";

/** Adds ribs and collar bones to `target` (y is −z). */
export function addRibs(target: Plane, ribs: readonly Rib[]): void {
  for (const { bone } of ribs) addRib(target, bone);
  for (const side of [-1, 1]) addStrip(target, smoothLine(onSide(side, collarBone)), [13, 9.5], 11);
}

const collarBone = [15, -96, 32, -101, 62, -111, 96, -119, 126, -117, 152, -122];

/** Adds spine, shoulder blades and arms to `target`, where they are out of focus. */
export function addDeepBones(target: Plane): void {
  for (let index = -2; index < 19; index++) addVertebra(target, vertebra.top - vertebra.height * index);
  for (const side of [-1, 1]) addShoulder(target, side);
}

// The part behind and the part in front meet at the side, where the ray grazes both.
function addRib(target: Plane, bone: readonly Knot[]): void {
  const line = smoothLine(
    bone.map(({ x, z }): Point => [x, -z]),
    3,
  );
  const side = Math.sign((bone[0] as Knot).x);
  const outermost = line.reduce((best, [x], index) => (x * side > (line[best] as Point)[0] * side ? index : best), 0);
  const height = (bone[0] as Knot).r * 2.4;
  if (outermost > 3) addStrip(target, line.slice(2, outermost + 1), [height * 0.8, height], 12);
  if (line.length - outermost > 3) addStrip(target, line.slice(outermost), [height, height * 1.2], 8);
}

// A strip of spongy bone between two edges of dense bone; its ends stay open.
function addStrip(
  target: Plane,
  line: readonly Point[],
  [start, end]: readonly [number, number],
  weight: number,
): void {
  add(target, band(line, start, end), weight);
  add(target, band(line, start - 2.8, end - 2.8), -weight * 0.42);
}

function addVertebra(target: Plane, below: number): void {
  const grow = 1 + Math.max(0, 100 - below) / 900;
  const [half, height] = [15.5 * grow, vertebra.height - 4.5];
  const y = -(below + 2 + height / 2);
  const corners = points([-1, -1, 0, -0.9, 1, -1, 0.88, 0, 1, 1, 0, 0.9, -1, 1, -0.88, 0]);
  addShell(target, moved(scaled(smooth(corners, 6), [0, 0], half, height / 2), 0, y), 16);
  for (const side of [-1, 1]) {
    addShell(target, ellipse(side * half * 0.68, y - 3, 3.2, 4.8), 9);
    const process = onSide(side, [half * 0.9, y - 5, half + 8, y - 8, half + 15, y - 10]);
    add(target, band(process, 8, 6), 5);
  }
  add(target, moved(smooth(points([-2.5, 1, 0, -2, 2.5, 1, 3, 12, 0, 15, -3, 12])), 0, y), 8);
}

function addShell(target: Plane, outline: readonly Point[], weight: number): void {
  add(target, outline, weight);
  add(target, inflated(outline, -1.6), -weight * 0.35);
}

const shoulderBlade = [
  100, -104, 126, -106, 146, -100, 151, -84, 143, -58, 130, -18, 119, 10, 110, 2, 104, -40, 99, -80,
];
const upperArm = [150, -118, 158, -130, 172, -134, 188, -124, 194, -92, 196, 40, 172, 40, 171, -60, 163, -84, 150, -98];

function addShoulder(target: Plane, side: number): void {
  addShell(target, smooth(onSide(side, shoulderBlade), 6), 6);
  add(target, band(smoothLine(onSide(side, [151, -84, 143, -58, 130, -18, 119, 8])), 7, 5), 7);
  addStrip(target, smoothLine(onSide(side, [104, -92, 126, -106, 152, -124, 164, -128])), [8, 13], 9);
  addShell(target, smooth(onSide(side, upperArm), 6), 24);
}
