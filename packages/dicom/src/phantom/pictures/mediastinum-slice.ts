// What lies between the lungs in an axial CT slice: heart, great vessels, windpipe, gullet, and the fat around them.
import { heart, heartSection } from "../anatomy/thorax.ts";
import { ellipse, inflated, scaled, smooth } from "../drawing/outline.ts";
import { fill, type Plane, type Point, shade } from "../drawing/plane.ts";
import type { Texture } from "../drawing/texture.ts";
import { type Knot, knots, paintTube, type Slab, smoothTube } from "../drawing/tube.ts";
import { chestHu as hu } from "./hounsfield.ts";

/** Paints the mediastinum of the slice at `slab`. */
export function paintMediastinum(target: Plane, slab: Slab, grain: Texture): void {
  const { z } = slab;
  shade(target, smooth(fatOutline(z), 6), (_, x, y) => hu.fat + 12 + 16 * grain(x / 8, y / 8, z / 8));
  const solid = { z, half: 1 };
  paintTube(target, solid, course.oesophagus, hu.oesophagus);
  paintHeart(target, z);
  for (const name of ["azygos", "cava", "lowerCava", "leftVein", "rightVein"] as const)
    paintTube(target, solid, course[name], hu.vein + 30);
  for (const name of ["pulmonaryTrunk", "rightPulmonary", "leftPulmonary", "rightUpperVein", "leftUpperVein"] as const)
    paintTube(target, solid, course[name], hu.blood);
  for (const name of arteries) paintTube(target, solid, thicker(course[name], 1), hu.heartMuscle - 30);
  for (const name of arteries) paintTube(target, solid, course[name], hu.artery);
  for (const name of ["windpipe", "rightBronchus", "leftBronchus"] as const)
    paintTube(target, solid, thicker(course[name], 1.4), hu.muscle);
  for (const name of ["windpipe", "rightBronchus", "leftBronchus"] as const)
    paintTube(target, solid, course[name], -985);
}

const arteries = ["aorta", "innominate", "leftCarotid", "leftSubclavian"] as const;

/** The midlines of the great vessels and airways. */
export const course = {
  aorta: tube(
    [-8, -24, -12, 14],
    [-15, -32, 18, 15],
    [-14, -31, 44, 15],
    [-5, -20, 62, 14],
    [8, 0, 68, 13.5],
    [21, 20, 63, 13],
    [29, 36, 48, 12.5],
    [30, 42, 20, 12],
    [28, 43, -20, 11.5],
    [22, 38, -70, 11],
    [10, 26, -135, 10.5],
  ),
  innominate: tube([-6, -19, 66, 6.5], [-13, -12, 84, 6], [-20, -6, 104, 5.5], [-34, 2, 122, 5]),
  leftCarotid: tube([5, -7, 70, 4.5], [10, -5, 90, 4], [16, -4, 122, 4]),
  leftSubclavian: tube([14, 8, 70, 5], [21, 12, 90, 4.5], [30, 12, 108, 4.5], [48, 6, 122, 4.5]),
  cava: tube([-29, -28, 82, 8], [-31, -24, 56, 9], [-32, -20, 26, 9.5], [-31, -14, -4, 11]),
  lowerCava: tube([-27, 2, -62, 12], [-26, 6, -90, 12.5], [-24, 10, -135, 12]),
  leftVein: tube([42, -28, 116, 6], [24, -40, 98, 6.5], [0, -42, 86, 7], [-26, -30, 80, 7.5]),
  rightVein: tube([-44, -22, 118, 6], [-36, -28, 98, 7], [-29, -28, 80, 8]),
  azygos: tube([-31, -14, 47, 4], [-29, 12, 50, 4], [-17, 34, 42, 3.5], [-10, 35, 0, 3.3], [-7, 34, -135, 3]),
  pulmonaryTrunk: tube([20, -46, -14, 14], [20, -42, 8, 14], [18, -28, 24, 13.5], [20, -12, 31, 13]),
  rightPulmonary: tube([18, -16, 29, 11.5], [0, -4, 26, 11], [-22, 0, 24, 10.5], [-40, 3, 20, 8], [-48, 8, 6, 6.5]),
  leftPulmonary: tube([20, -12, 31, 12], [32, 6, 33, 11], [43, 17, 26, 9.5], [48, 22, 8, 7]),
  rightUpperVein: tube([-22, 6, -4, 6.5], [-36, -6, 6, 5.5], [-46, -12, 22, 4]),
  leftUpperVein: tube([30, 4, 0, 6.5], [42, -8, 10, 5.5], [48, -16, 26, 4]),
  windpipe: tube([0, -6, 200, 8.2], [0, 2, 130, 8.6], [0, 8, 90, 8.6], [-1, 15, 56, 8.8], [-1, 18, 42, 9]),
  rightBronchus: tube([-4, 18, 44, 7.2], [-18, 19, 32, 6.8], [-33, 16, 18, 5.6], [-40, 16, 2, 4.4]),
  leftBronchus: tube([3, 19, 43, 6.6], [20, 22, 31, 6.2], [38, 23, 18, 5.2], [45, 22, 4, 4.2]),
  oesophagus: tube(
    [6, 24, 130, 6],
    [8, 30, 80, 6],
    [6, 34, 40, 6.5],
    [8, 33, -20, 7],
    [14, 26, -80, 7.5],
    [24, 10, -120, 8],
  ),
} as const;

function tube(...rows: readonly (readonly [number, number, number, number])[]): Knot[] {
  return smoothTube(knots(...rows));
}

function thicker(tubeKnots: readonly Knot[], by: number): Knot[] {
  return tubeKnots.map((knot) => ({ ...knot, r: knot.r + by }));
}

/** Returns the outline of the fat between the lungs at height `z`. */
export function fatOutline(z: number): readonly Point[] {
  const high = Math.max(0, Math.min(1, (z - 60) / 50));
  const low = Math.max(0, Math.min(1, (20 - z) / 60));
  const outline: readonly Point[] = [
    [0, -84 + 20 * high],
    [8 + 8 * high, -74 + 20 * high],
    [14 + 10 * low + 12 * high, -56 + 10 * high],
    [32 + 8 * low, -28],
    [40 + 4 * low - 8 * high, 4],
    [38 - 4 * high, 30],
    [30 - 2 * high, 54],
    [18, 62],
    [0, 66],
    [-18, 62],
    [-22 - 4 * high, 46],
    [-24 - 6 * high, 24],
    [-38 + 6 * high, 4],
    [-36, -26],
    [-22 - 10 * low - 8 * high, -54 + 10 * high],
    [-8 - 8 * high, -74 + 20 * high],
  ];
  const behindLiver = 1 - 0.62 * Math.max(0, Math.min(1, (-86 - z) / 22));
  return scaled(outline, [0, 62], 0.4 + 0.6 * behindLiver, behindLiver);
}

function paintHeart(target: Plane, z: number): void {
  const k = heartSection(z);
  if (k === 0) return;
  const outline = ellipse(heart.x, heart.y, heart.a * k, heart.b * k, heart.turn);
  fill(target, inflated(outline, 1), hu.muscle - 20);
  fill(target, outline, hu.fat + 10);
  fill(target, inflated(outline, -4), hu.heartMuscle);
  for (const chamber of chambers) paintChamber(target, z, chamber);
}

interface Chamber {
  readonly at: readonly [number, number, number];
  readonly size: readonly [number, number, number];
  readonly turn: number;
  readonly value: number;
}

const chambers: readonly Chamber[] = [
  { at: [-26, -12, -34], size: [20, 27, 40], turn: 0.2, value: hu.blood },
  { at: [6, 12, -12], size: [32, 17, 22], turn: 0.05, value: hu.blood + 16 },
  { at: [16, -47, -40], size: [41, 14, 44], turn: -0.62, value: hu.blood },
  { at: [36, -14, -48], size: [33, 19, 42], turn: -0.62, value: hu.blood + 22 },
];

function paintChamber(target: Plane, z: number, { at, size, turn, value }: Chamber): void {
  const height = (z - at[2]) / size[2];
  if (Math.abs(height) >= 1) return;
  const k = Math.sqrt(1 - height * height);
  fill(target, ellipse(at[0], at[1], size[0] * k, size[1] * k, turn), value);
}
