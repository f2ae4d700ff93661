// The bones in a chest radiograph: ribs, spine, collar bones, shoulder blades, upper arms, as millimetres of water on a ray.
import type { Rib } from "../anatomy/ribs.ts";
import { vertebra } from "../anatomy/ribs.ts";
import { band, ellipse, inflated, smooth } from "../drawing/outline.ts";
import { add, type Plane, type Point } from "../drawing/plane.ts";
import type { Knot } from "../drawing/tube.ts";
import { upright } from "./chest-projection-detail.ts";

/** Adds the bones to `target` (y is −z). */
export function addBones(target: Plane, ribs: readonly Rib[]): void {
  for (const { bone } of ribs) addRib(target, bone);
  for (let index = -2; index < 17; index++) addVertebra(target, vertebra.top - vertebra.height * index);
  for (const side of [-1, 1]) addShoulder(target, side);
}

// A shell of dense bone around spongy bone: more where the ray grazes it.
function addBone(target: Plane, outline: readonly Point[], shell: number, weight: number): void {
  add(target, outline, weight);
  add(target, inflated(outline, -shell), -weight * 0.42);
}

// The part behind and the part in front cross at the side and add up.
function addRib(target: Plane, bone: readonly Knot[]): void {
  const outermost = bone.reduce((best, knot, index) => (Math.abs(knot.x) > Math.abs((bone[best] as Knot).x) ? index : best), 0);
  const line = bone.map(({ x, z }): Point => [x, -z]);
  const height = (bone[0] as Knot).r * 2.5;
  const back = line.slice(1, outermost + 2);
  const front = line.slice(Math.max(outermost - 1, 0));
  if (back.length > 1) addBone(target, band(back, height * 0.82, height), 1.7, 12);
  if (front.length > 1) addBone(target, band(front, height, height * 1.18), 1.8, 9);
}

function addVertebra(target: Plane, below: number): void {
  const grow = 1 + Math.max(0, 100 - below) / 900;
  const [half, height] = [16 * grow, vertebra.height - 4];
  const y = -(below + 2 + height / 2);
  const body = smooth([[-half, y - height / 2], [0, y - height / 2 + 0.8], [half, y - height / 2], [half * 0.9, y], [half, y + height / 2], [0, y + height / 2 - 0.8], [-half, y + height / 2], [-half * 0.9, y]], 6);
  addBone(target, body, 1.4, 30);
  for (const side of [-1, 1]) {
    addBone(target, ellipse(side * half * 0.68, y - 3, 3.2, 4.8), 1.3, 16);
    addBone(target, band([[side * half * 0.9, y - 5], [side * (half + 16), y - 9]], 9, 7), 1.4, 10);
  }
  addBone(target, smooth([[-2.5, y + 1], [0, y - 2], [2.5, y + 1], [3, y + 12], [0, y + 15], [-3, y + 12]]), 1, 16);
}

function addShoulder(target: Plane, side: number): void {
  const mirror = (rows: readonly Point[]) => rows.map(([x, z]): Point => [side * x, z]);
  const collar = upright(...mirror([[14, 96], [32, 101], [62, 112], [96, 121], [126, 119], [150, 124]]));
  addBone(target, band(collar, 15, 11), 2.2, 19);
  const blade = smooth(mirror([[96, -118], [122, -112], [146, -104], [152, -84], [142, -58], [124, -8], [114, 8], [106, -14], [98, -70]]), 6);
  addBone(target, blade, 1.6, 9);
  add(target, band(smooth(mirror([[152, -84], [142, -58], [124, -8]])).slice(0, 14), 6, 5), 8);
  addBone(target, band(upright(...mirror([[100, 96], [124, 110], [150, 122]])), 9, 12), 1.8, 10);
  addBone(target, smooth(mirror([[152, -122], [166, -126], [180, -118], [186, -100], [188, 20], [166, 20], [160, -82], [150, -98]]), 6), 4.5, 34);
}
