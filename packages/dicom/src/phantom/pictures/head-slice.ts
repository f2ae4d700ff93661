// One axial slice of a head, CT or MR: scalp, skull, brain, then base of the skull and face where the slice is low.
import { asHead, innerOutline, skinOutline, skullOutline } from "../anatomy/head.ts";
import { ellipse, flipped, inflated, points, smooth } from "../drawing/outline.ts";
import { fill, type Plane, type Point, shade } from "../drawing/plane.ts";
import { paintCortex } from "./cortex-slice.ts";
import { paintDeepBrain } from "./deep-brain-slice.ts";
import { paintFace } from "./face-slice.ts";
import type { HeadModel } from "./head-model.ts";
import type { HeadValues } from "./head-values.ts";
import { paintHindBrain } from "./hind-brain-slice.ts";

/** Paints the slice at height `z` on `target`, which holds air. */
export function paintHead(target: Plane, z: number, model: HeadModel): void {
  paintScalp(target, z, model);
  paintSkull(target, z, model);
  const inside = innerOutline(z);
  fill(target, inside, model.values.dura);
  paintCortex(target, inflated(inside, -0.7), z, model);
  paintDeepBrain(target, z, model);
  if (z < -8) paintHindBrain(target, z, model);
  if (z < -4) paintFace(target, z, model);
}

function paintScalp(target: Plane, z: number, { values, grain }: HeadModel): void {
  const skin = skinOutline(z);
  if (z < 0) for (const side of [-1, 1]) paintEar(target, z, side, values);
  fill(target, skin, values.skin);
  shade(
    target,
    inflated(skin, -1.7),
    (_, x, y) => values.fat + 0.06 * Math.abs(values.fat) * grain(x / 6, y / 6, z / 6),
  );
  const skull = skullOutline(z);
  fill(target, inflated(skull, 1.3), values.muscle);
  if (z > 30) return;
  const bulk = 1 - Math.max(0, z) / 32;
  const temple = smooth(asHead(temporalMuscle, z), 5);
  for (const side of [temple, flipped(temple)]) shade(target, side, (value) => value + (values.muscle - value) * bulk);
}

const temporalMuscle: readonly Point[] = points([
  57, -68, 63.5, -52, 69, -30, 72.5, -8, 73.8, 8, 70, 16, 66, 4, 60, -30, 54, -60,
]);

function paintEar(target: Plane, z: number, side: number, values: HeadValues): void {
  const size = Math.sqrt(Math.max(0, 1 - ((z + 34) / 30) ** 2));
  if (size === 0) return;
  fill(target, ellipse(side * 76, 30, 3, 16 * size, side * -0.36), values.skin);
}

function paintSkull(target: Plane, z: number, { values, grain }: HeadModel): void {
  const outer = skullOutline(z);
  fill(target, outer, values.bone);
  const inner = innerOutline(z);
  shade(
    target,
    inflated(outer, -1.9),
    (_, x, y) => values.diploe * (1 + 0.28 * grain(x / 2.6, y / 2.6, z / 3) + 0.2 * grain(x / 9, y / 9, z / 9)),
  );
  fill(target, inflated(inner, 1.6), values.bone);
}
