// The spine in an axial CT slice of the chest: body or disc, arch, canal.
import { vertebra } from "../anatomy/ribs.ts";
import { band, ellipse, inflated, moved, points, smooth, smoothLine } from "../drawing/outline.ts";
import { fill, type Plane, type Point, shade } from "../drawing/plane.ts";
import type { Texture } from "../drawing/texture.ts";
import { chestHu as hu } from "./hounsfield.ts";

/** Paints the vertebra or disc at height `z`. */
export function paintSpine(target: Plane, z: number, grain: Texture): void {
  const phase = ((((vertebra.top - z) / vertebra.height) % 1) + 1) % 1;
  const low = (60 - z) / 180;
  const y = 50 - 3 * Math.sin((z + 20) / 70);
  const [a, b] = [15.5 + 3.5 * low, 13 + 2.5 * low];
  const body = smooth([
    [0, y - b],
    [a * 0.62, y - b * 0.86],
    [a, y - b * 0.1],
    [a * 0.86, y + b * 0.72],
    [a * 0.4, y + b * 0.86],
    [0, y + b * 0.74],
    [-a * 0.4, y + b * 0.86],
    [-a * 0.86, y + b * 0.72],
    [-a, y - b * 0.1],
    [-a * 0.62, y - b * 0.86],
  ]);
  const disc = phase > 0.86;
  paintArch(target, y + b, phase);
  fill(target, inflated(body, disc ? 0.6 : 0), disc ? hu.muscle : hu.cortex * 0.72);
  const edge = phase < 0.1 || phase > 0.76;
  shade(target, inflated(body, -1.3), (_, px, py) =>
    disc
      ? hu.disc
      : hu.spongiosa + (edge ? 150 : 0) + 46 * grain(px / 2.2, py / 2.2, z / 2) + 22 * grain(px / 6, py / 6, z / 6),
  );
}

function paintArch(target: Plane, back: number, phase: number): void {
  const canal = moved(
    smooth(points([0, 0, 7, 1.5, 9.5, 8, 6, 14.5, 0, 16.5, -6, 14.5, -9.5, 8, -7, 1.5])),
    0,
    back - 2.5,
  );
  const bone = (outline: readonly Point[], shell: number) => {
    fill(target, outline, hu.cortex * 0.85);
    fill(target, inflated(outline, -shell), hu.marrow);
  };
  const pedicles = phase > 0.08 && phase < 0.55;
  for (const side of [-1, 1]) {
    if (pedicles)
      bone(
        band(
          [
            [side * 11, back - 5],
            [side * 13, back + 6],
            [side * 11, back + 13],
          ],
          7.5,
          6.5,
        ),
        1.5,
      );
    if (phase < 0.6)
      bone(
        band(
          smoothLine([
            [side * 11, back + 9],
            [side * 22, back + 12],
            [side * 33, back + 19],
          ]),
          8,
          9,
        ),
        1.6,
      );
    bone(
      band(
        [
          [side * 12, back + 8],
          [side * 8, back + 14],
          [side * 1, back + 19],
        ],
        6.5,
        6,
      ),
      1.5,
    );
  }
  bone(
    band(
      [
        [0, back + 15],
        [0, back + 26],
        [0, back + 39 - 8 * phase],
      ],
      7,
      4.5,
    ),
    1.4,
  );
  fill(target, canal, hu.fat * 0.4);
  fill(target, ellipse(0, back + 5.6, 7.4, 6.2), hu.fluid);
  fill(target, ellipse(0, back + 5.4, 4.4, 3.5), hu.cord);
}
