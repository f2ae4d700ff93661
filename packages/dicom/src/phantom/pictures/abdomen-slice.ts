// What rises into an axial CT slice of the lower chest from below the diaphragm: liver with its veins, spleen, stomach.
import { diaphragm } from "../anatomy/thorax.ts";
import { ellipse, flipped, inflated, points, smooth } from "../drawing/outline.ts";
import { fill, type Plane, type Point, shade } from "../drawing/plane.ts";
import type { Texture } from "../drawing/texture.ts";
import { knots, paintTube, type Slab, smoothTube } from "../drawing/tube.ts";
import { chestHu as hu } from "./hounsfield.ts";

/** Paints the domes of the abdomen at `slab`. */
export function paintAbdomen(target: Plane, slab: Slab, grain: Texture): void {
  const { z } = slab;
  const left = diaphragm(z, 1);
  if (left !== undefined) {
    fill(target, left, hu.muscle);
    fill(target, inflated(left, -1.6), hu.fat + 4);
    paintStomachAndSpleen(target, z, grain);
  }
  const right = diaphragm(z, -1);
  if (right === undefined) return;
  fill(target, flipped(right), hu.muscle);
  const soft = (_: number, x: number, y: number) => hu.liver + 5 * grain(x / 5, y / 5, z / 5);
  shade(target, inflated(flipped(right), -1.6), soft);
  if (z < -84) shade(target, leftLobe(Math.min(1, (-84 - z) / 26)), soft);
  for (const vein of liverVeins) paintTube(target, { z, half: 2.5 }, vein, hu.vein);
}

const liverVeins = [
  smoothTube(knots([-27, 6, -74, 5.5], [-66, 18, -82, 4], [-96, 24, -94, 2.6], [-122, 22, -108, 1.2])),
  smoothTube(knots([-28, 2, -75, 5], [-52, -24, -86, 3.6], [-72, -52, -100, 2.2], [-84, -70, -112, 1])),
  smoothTube(knots([-24, -2, -78, 4.5], [-10, -28, -92, 3.4], [6, -50, -104, 2])),
  smoothTube(knots([-66, 18, -82, 2.4], [-72, 46, -92, 1.8], [-88, 62, -104, 1])),
  smoothTube(knots([-40, 2, -118, 6], [-68, -4, -110, 4.5], [-96, -16, -100, 2.6], [-112, -34, -92, 1.2])),
  smoothTube(knots([-68, -4, -110, 3.6], [-88, 22, -106, 2.6], [-100, 48, -98, 1.2])),
  smoothTube(knots([-40, 2, -118, 5], [-34, -36, -112, 3.5], [-44, -64, -104, 1.6])),
];

function leftLobe(size: number): readonly Point[] {
  return smooth([
    [-50, -74],
    [-10, -82],
    [26, -80],
    [26 + 34 * size, -66],
    [24 + 22 * size, -46],
    [10, -30 + 26 * size],
    [-14, -16 + 34 * size],
    [-46, -10 + 22 * size],
  ]);
}

function paintStomachAndSpleen(target: Plane, z: number, grain: Texture): void {
  const deep = Math.min(1, (-66 - z) / 40);
  if (deep <= 0) return;
  const k = Math.sqrt(deep);
  const spleen = smooth(
    points([66, 76, 92, 78, 114, 56, 122, 22, 116, -2, 106, 8, 100, 30, 84, 52]).map(
      ([x, y]): Point => [94 + ((x as number) - 94) * k, 40 + ((y as number) - 40) * k],
    ),
  );
  shade(target, spleen, (value, x, y) => (value < -300 ? value : hu.spleen + 4 * grain(x / 5, y / 5, z / 5)));
  const stomach = ellipse(62, -26, 44 * k, 33 * k, 0.35);
  fill(target, stomach, hu.muscle + 20);
  shade(target, inflated(stomach, -3), (_, x, y) => (y < -30 ? -960 : hu.fluid + 18 + 20 * grain(x / 4, y / 4, z / 4)));
}
