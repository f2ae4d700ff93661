// What lies below the tentorium in an axial slice: brain stem, cerebellum, fourth ventricle, cisterns.
import { band, ellipse, flipped, inflated, mirrored, points, scaled, smooth, smoothLine } from "../drawing/outline.ts";
import { fill, type Plane, type Point, shade } from "../drawing/plane.ts";
import type { HeadModel } from "./head-model.ts";

/** Paints the hind brain at height `z`, below −8. */
export function paintHindBrain(target: Plane, z: number, model: HeadModel): void {
  paintCisterns(target, z, model);
  paintCerebellum(target, z, model);
  paintBrainStem(target, z, model);
}

function paintCisterns(target: Plane, z: number, { values }: HeadModel): void {
  if (z < -32) return;
  const star: readonly Point[] = points([0, -25, 6, -18.5, 15, -16, 13, -8, 15.5, 3, 9, 3, 0, 5]);
  if (z < -13) fill(target, scaled(smooth(mirrored(star), 5), [0, -8], 1 - Math.abs(z + 22) / 40), values.fluid);
  fill(target, inflated(ellipse(0, 15, 17.5, 16.5), 1.6), values.fluid);
  if (z < -13) {
    fill(target, ellipse(0, -15, 5.4, 2.2), values.nerve);
    for (const side of [-1, 1]) fill(target, ellipse(side * 8.5, -10.5, 1.9, 1.9), values.vessel);
  }
  fill(target, ellipse(0, -1.5, 1.8, 1.8), values.vessel);
}

function paintCerebellum(target: Plane, z: number, { values, texture }: HeadModel): void {
  const size = Math.min(1, Math.max(0, (-6 - z) / 26));
  if (size === 0) return;
  const k = 0.35 + 0.65 * Math.sqrt(size);
  const half: readonly Point[] = points([0, 32, 12, 31, 26, 27, 44, 28, 54, 44, 50, 66, 34, 84, 14, 91, 4, 89, 0, 87]);
  const outline = smooth(
    mirrored(half).map(([x, y]): Point => [x * k, 34 + (y - 34) * k]),
    6,
  );
  fill(target, inflated(outline, 1.5), values.dura);
  fill(target, inflated(outline, 0.7), values.fluid);
  shade(target, outline, (_, x, y) => {
    const course =
      Math.hypot(x * 0.9, y - 18) + 3.6 * texture(x / 13, y / 13, z / 9) + 1.3 * texture(x / 4.5, y / 4.5, z / 6);
    const edge = Math.min(1, Math.max(0, (Math.hypot((Math.abs(x) - 17) * 0.9, y - 48) - 9) / 9));
    const leaf =
      Math.sin(course * 1.75) * edge * Math.min(1, Math.max(0, 0.55 + 1.3 * texture(x / 8 + 5, y / 8, z / 6)));
    const groove = Math.max(0, leaf - 0.55) * 0.5;
    const tissue = values.white + (values.grey - values.white) * (0.3 + 0.55 * edge + 0.25 * leaf);
    return tissue + (values.fluid - tissue) * groove;
  });
  fill(target, ellipse(0, 60, 3.6, 22 * k), values.grey);
}

function paintBrainStem(target: Plane, z: number, { values, texture }: HeadModel): void {
  const midbrain = z > -22;
  const outline = midbrain
    ? smooth(points([0, 3.5, 8, 0.5, 16, 7, 16, 16, 10, 25, 3, 28.5, -3, 28.5, -10, 25, -16, 16, -16, 7, -8, 0.5]), 6)
    : smooth(points([0, 3, 10, 3.5, 18, 10, 19, 19, 12, 29, 0, 31, -12, 29, -19, 19, -18, 10, -10, 3.5]), 6);
  shade(
    target,
    outline,
    (_, x, y) => values.white * 0.6 + values.grey * 0.4 + 0.02 * values.white * texture(x / 3, y / 3, z / 4),
  );
  if (midbrain) {
    for (const side of [-1, 1]) fill(target, ellipse(side * 9, 8.5, 2, 5.5, side * 0.9), values.pallidum);
    fill(target, ellipse(0, 24, 1.3, 1.3), values.fluid);
    return;
  }
  if (z > -25 || z < -58) return;
  const arms = smoothLine(
    [
      [12, 27],
      [26, 36],
      [30, 44],
    ],
    6,
  );
  for (const side of [arms, flipped(arms)]) fill(target, band(side, 9, 7), values.white);
  fill(target, smooth(points([0, 32, 6, 33.5, 9, 36, 4, 39, 0, 42, -4, 39, -9, 36, -6, 33.5]), 5), values.fluid);
}
