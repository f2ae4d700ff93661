// The spine in an axial CT slice of the chest: body or disc, arch, canal.
import { vertebra } from "../anatomy/ribs.ts";
import { band, ellipse, inflated, moved, onSide, points, smooth, smoothLine } from "../drawing/outline.ts";
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

// The arch begins at the back of the body: y counts from there.
function paintArch(target: Plane, back: number, phase: number): void {
  const bone = (line: readonly Point[], width: number, end: number, shell: number) => {
    const outline = moved(band(line, width, end), 0, back);
    fill(target, outline, hu.cortex * 0.85);
    fill(target, inflated(outline, -shell), hu.marrow);
  };
  for (const side of [-1, 1]) {
    if (phase > 0.08 && phase < 0.55) bone(onSide(side, [11, -5, 13, 6, 11, 13]), 7.5, 6.5, 1.5);
    if (phase < 0.6) bone(smoothLine(onSide(side, [11, 9, 22, 12, 33, 19])), 8, 9, 1.6);
    bone(onSide(side, [12, 8, 8, 14, 1, 19]), 6.5, 6, 1.5);
  }
  bone(points([0, 15, 0, 26, 0, 39 - 8 * phase]), 7, 4.5, 1.4);
  const canal = smooth(points([0, -2.5, 7, -1, 9.5, 5.5, 6, 12, 0, 14, -6, 12, -9.5, 5.5, -7, -1]));
  fill(target, moved(canal, 0, back), hu.fat * 0.4);
  fill(target, ellipse(0, back + 5.6, 7.4, 6.2), hu.fluid);
  fill(target, ellipse(0, back + 5.4, 4.4, 3.5), hu.cord);
}
