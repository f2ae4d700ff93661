// The wall of the chest in an axial CT slice: skin, fat, muscles with fat between them, breastbone, shoulder blades, collar bones.
import { asBody, bodyOutline, cavity } from "../anatomy/thorax.ts";
import { band, flipped, inflated, mirrored, points, smooth, smoothLine } from "../drawing/outline.ts";
import { fill, type Plane, type Point, shade } from "../drawing/plane.ts";
import type { Texture } from "../drawing/texture.ts";
import { knots, paintTube, type Slab, smoothTube } from "../drawing/tube.ts";
import { chestHu as hu } from "./hounsfield.ts";

/** The smooth texture for strands, the coarse one for tones. */
export interface Textures {
  readonly texture: Texture;
  readonly grain: Texture;
}

/** Paints everything outside the lungs, without ribs and spine. */
export function paintChestWall(target: Plane, slab: Slab, { texture, grain }: Textures): void {
  const { z } = slab;
  const skin = bodyOutline(z);
  fill(target, skin, hu.skin);
  fill(target, inflated(skin, -1.9), hu.fat);
  const marbled = (_: number, x: number, y: number) => muscleAt(texture, grain, x, y, z);
  shade(target, mirrored(inflated(cavity(Math.min(z, 114)), 9.5)), marbled);
  for (const muscle of muscles(z)) {
    const outline = smooth(asBody(muscle, z), 5);
    shade(target, outline, marbled);
    shade(target, flipped(outline), marbled);
  }
  fill(target, band(mirrored(inflated(cavity(Math.min(z, 114)), 10.5)), 0.9), hu.fat);
  for (const side of [-1, 1]) {
    if (z > -24) paintShoulderBlade(target, z, side, marbled);
    paintShoulderVessels(target, slab, side);
  }
  paintBreastbone(target, z);
}

// Strands of fat run through muscle.
function muscleAt(texture: Texture, grain: Texture, x: number, y: number, z: number): number {
  const strand = Math.abs(texture(x / 15, y / 8, z / 30));
  return hu.muscle + 5 * grain(x / 4, y / 4, z / 5) - (strand < 0.04 ? 75 * (1 - strand / 0.04) : 0);
}

// Left side; `up` grows from the heart's level (0) to the shoulders (1).
function muscles(z: number): readonly (readonly Point[])[] {
  const up = Math.max(0, Math.min(1, (z + 10) / 100));
  const thin = 1 - up;
  const shown: (readonly Point[])[] = [
    points([7, 84, 20, 82, 40, 90, 52, 99, 45, 108, 26, 112, 9, 111, 5, 98]),
    [
      [140, 20],
      [150, 34],
      [153, 52],
      [146, 74],
      [128, 94],
      [120, 91 + 2 * thin],
      [137, 70 + 3 * thin],
      [143 - 3 * up, 50],
      [141 - 4 * up, 34],
    ],
    points([5, 113, 30, 116.5, 62, 116.5, 88, 111, 104, 104, 100, 101, 84, 107, 60, 112, 30, 112.5]),
  ];
  if (z > -46)
    shown.push([
      [20, -93],
      [58, -99],
      [98, -90],
      [126, -68],
      [138 + 6 * up, -44],
      [132 + 6 * up, -41],
      [115, -62 + 10 * up],
      [92, -81 + 10 * up],
      [58, -93 + 12 * up],
      [22, -90 + 4 * up],
    ]);
  if (z > 24) shown.push(points([74, -76, 98, -72, 119, -50, 124, -30, 117, -32, 108, -48, 92, -62, 72, -70]));
  return shown;
}

function paintBreastbone(target: Plane, z: number): void {
  if (z > 92 || z < -84) return;
  const handle = z > 52;
  const halfWidth = handle ? 20 + (z - 52) * 0.2 : z < -58 ? 8 : 15 - Math.sin(z / 9) * 1.2;
  const y = (handle ? -86 + (z - 52) * 0.55 : -86 - (52 - z) * 0.035) - 2;
  const outline = smooth([
    [-halfWidth, y - 1],
    [-halfWidth * 0.5, y - 6.5],
    [0, y - 5.5],
    [halfWidth * 0.5, y - 6.5],
    [halfWidth, y - 1],
    [halfWidth * 0.6, y + 5.5],
    [0, y + 4.5],
    [-halfWidth * 0.6, y + 5.5],
  ]);
  fill(target, outline, hu.cortex * 0.8);
  fill(target, inflated(outline, -1.6), hu.spongiosa);
}

function paintShoulderBlade(
  target: Plane,
  z: number,
  side: number,
  marbled: (value: number, x: number, y: number) => number,
): void {
  const up = Math.max(0, Math.min(1, (z + 24) / 130));
  const tip = Math.min(1, (z + 24) / 34);
  const at = (points: readonly Point[], byX = 0, byY = 0) =>
    smoothLine(
      asBody(points, z).map(([x, y]): Point => [side * (92 + byX + (x - 92) * tip), 110 + byY + (y - 110) * tip]),
    );
  const blade: readonly Point[] = [
    [92 - 4 * up, 106 - 3 * up],
    [109 + 2 * up, 96 - 4 * up],
    [126 + 5 * up, 80 - 7 * up],
    [137 + 11 * up, 60 - 14 * up],
  ];
  shade(target, band(at(blade, -4 * tip, -8 * tip), 7 * tip, 19 * tip), marbled);
  shade(target, band(at(blade, 5 * tip, 8 * tip), 6 * tip, 15 * tip), marbled);
  const bone = (line: readonly Point[], width: number, end: number) => {
    fill(target, band(line, width, end), hu.cortex * 0.9);
    fill(target, band(line, width - 2.6, end - 2.8), hu.marrow);
  };
  bone(at(blade), 4, 6.5 + 5 * up);
  if (z > 62)
    bone(
      at([
        [108, 93],
        [121, 99],
        [134, 100],
        [147, 96],
      ]),
      4,
      6.5,
    );
}

function paintShoulderVessels(target: Plane, slab: Slab, side: number): void {
  const solid = { z: slab.z, half: 1 };
  const tube = (rows: readonly Row[]) => smoothTube(knots(...rows.map(([x, y, z, r]): Row => [x * side, y, z, r])));
  paintTube(target, solid, tube(axillaryVein), hu.vein);
  paintTube(target, solid, tube(axillaryArtery), hu.artery);
  paintTube(target, solid, tube(mammaryArtery), hu.artery);
  const bone = tube(collarBone);
  const marrow = bone.map((knot) => ({ ...knot, r: knot.r - 1.8 }));
  paintTube(target, solid, bone, hu.cortex);
  paintTube(target, solid, marrow, hu.marrow);
}

type Row = readonly [x: number, y: number, z: number, r: number];

const axillaryVein: readonly Row[] = [
  [124, -8, 140, 4],
  [128, -12, 96, 3.6],
  [134, -8, 60, 2.2],
  [140, 4, 20, 1.2],
];
const axillaryArtery: readonly Row[] = [
  [116, 0, 140, 3],
  [122, -2, 96, 2.8],
  [130, 2, 64, 1.6],
];
const mammaryArtery: readonly Row[] = [
  [24, -80, 100, 1.4],
  [23, -85, 0, 1.4],
  [22, -88, -90, 1.2],
];
const collarBone: readonly Row[] = [
  [13, -66, 92, 8],
  [26, -66, 101, 7],
  [60, -58, 118, 6],
  [100, -34, 138, 6],
];
