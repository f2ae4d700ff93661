// The air-filled hollows of the face and the nose in an axial slice of the head.
import { band, ellipse, flipped, inflated, points, smooth, swell } from "../drawing/outline.ts";
import { fill, type Plane, type Point, shade } from "../drawing/plane.ts";
import type { HeadModel } from "./head-model.ts";

/** Paints nose and sinuses at height `z`. */
export function paintSinuses(target: Plane, z: number, model: HeadModel): void {
  if (z < -44) paintNose(target, z, model);
  if (z < -30) paintEthmoid(target, z, model);
  if (z < -40) paintSphenoidSinus(target, model);
  paintFrontalSinus(target, z, model);
}

function paintFrontalSinus(target: Plane, z: number, { values }: HeadModel): void {
  const size = swell(z, -22, 16);
  if (size === 0) return;
  for (const side of [-1, 1]) {
    const air = ellipse(side * 11, -83.5, 10 * size, 4.2 * size, side * 0.16);
    fill(target, inflated(air, 2), values.bone);
    fill(target, air, values.air);
  }
}

function paintNose(target: Plane, z: number, { values }: HeadModel): void {
  const reach = Math.min(18, (-44 - z) * 0.9);
  fill(
    target,
    smooth([
      [-16, -90],
      [-9, -97],
      [0, -99 - reach],
      [9, -97],
      [16, -90],
      [10, -80],
      [-10, -80],
    ]),
    values.skin,
  );
  for (const side of [-1, 1])
    fill(
      target,
      band(
        [
          [side * 1.5, -95 - reach * 0.6],
          [side * 9, -84],
        ],
        2.2,
      ),
      values.bone,
    );
}

function paintEthmoid(target: Plane, z: number, { values, texture }: HeadModel): void {
  const ethmoid = Math.min(1, (-30 - z) / 8);
  const cells: readonly Point[] = points([-12, -40, 12, -40, 11, -60, 9.5, -80, -9.5, -80, -11, -60]);
  const outline = smooth(
    cells.map(([x, y]): Point => [x, -58 + (y + 58) * ethmoid]),
    4,
  );
  fill(target, outline, values.bone * 0.7);
  shade(target, inflated(outline, -1.2), (_, x, y) => {
    const wall = Math.min(
      Math.abs(x) - 0.3,
      Math.abs(Math.abs(x) - 6.2),
      Math.abs(((((y + 80) % 9.5) + 9.5) % 9.5) - 4.7 + 1.6 * texture(x / 7, y / 9, z / 9)),
    );
    return wall < 0.45 ? values.bone * 0.35 + values.mucosa * 0.65 : wall < 1 ? values.mucosa : values.air;
  });
}

function paintSphenoidSinus(target: Plane, { values }: HeadModel): void {
  for (const side of [-1, 1]) {
    const sphenoid =
      side > 0
        ? smooth(points([1, -34, 11, -35, 12, -25, 8, -16, 1, -17]))
        : flipped(smooth(points([1, -34, 10, -35, 11, -24, 7, -19, 1, -18])));
    fill(target, inflated(sphenoid, 1.3), values.bone);
    fill(target, sphenoid, values.air);
  }
}
