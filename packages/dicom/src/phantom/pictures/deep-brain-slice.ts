// The inside of the brain in an axial slice: nuclei, ventricles, and a haemorrhage where there is one.
import { band, ellipse, points, smooth } from "../drawing/outline.ts";
import { fill, type Plane, type Point, shade } from "../drawing/plane.ts";
import { type Knot, knots, paintTube, smoothTube } from "../drawing/tube.ts";
import type { Haemorrhage, HeadModel } from "./head-model.ts";

type Row = readonly [number, number, number, number];

/** Paints the deep structures at height `z`. */
export function paintDeepBrain(target: Plane, z: number, model: HeadModel): void {
  for (const side of [-1, 1]) for (const nucleus of nuclei) paintNucleus(target, z, side, nucleus, model);
  if (model.haemorrhage !== undefined) paintHaemorrhage(target, z, model.haemorrhage, model);
  for (const side of [-1, 1]) paintVentricle(target, z, side, model);
  paintMidline(target, z, model);
}

interface Nucleus {
  readonly at: readonly [number, number, number];
  readonly size: readonly [number, number, number];
  readonly turn: number;
  readonly value: "nucleus" | "pallidum" | "white";
}

const nuclei: readonly Nucleus[] = [
  { at: [20, -2, 4], size: [15, 29, 17], turn: 0.3, value: "white" },
  { at: [13, -25, 12], size: [6, 11, 13], turn: 0.25, value: "nucleus" },
  { at: [26, -6, 5], size: [5.6, 18, 13], turn: 0.28, value: "nucleus" },
  { at: [20, -2, 2], size: [4, 11, 8], turn: 0.36, value: "pallidum" },
  { at: [10.5, 13, 7], size: [8.5, 15, 12], turn: -0.28, value: "nucleus" },
];

function paintNucleus(
  target: Plane,
  z: number,
  side: number,
  { at, size, turn, value }: Nucleus,
  { values, texture }: HeadModel,
): void {
  const height = (z - at[2]) / size[2];
  if (Math.abs(height) >= 1) return;
  const k = Math.sqrt(1 - height * height);
  const outline = ellipse(side * at[0], at[1], size[0] * k, size[1] * k, -side * turn);
  shade(target, outline, (_, x, y) => values[value] * (1 + 0.015 * texture(x / 4, y / 4, z / 4 + 5)));
}

const horns: readonly (readonly Row[])[] = [
  [
    [14, -43, 6, 2.4],
    [11, -35, 11, 4.6],
    [7.6, -22, 17, 5.3],
    [7.2, -6, 23, 5.2],
    [9, 10, 26, 5.4],
    [14, 24, 24, 6],
    [21, 35, 16, 7.2],
    [22, 46, 10, 5],
    [19, 60, 6, 2.2],
  ],
  [
    [22, 36, 14, 6.4],
    [29, 28, 2, 4.4],
    [33, 16, -9, 3],
    [33.5, 2, -17, 2.4],
    [31, -8, -20, 2],
  ],
];

function paintVentricle(target: Plane, z: number, side: number, { values, age }: HeadModel): void {
  const wide = 0.62 + 0.3 * age;
  for (const horn of horns) {
    const course = smoothTube(knots(...horn.map(([x, y, height, r]): Row => [side * x, y, height, r * wide])));
    paintTube(target, { z, half: 1.2 }, course, values.fluid);
  }
  paintTube(target, { z, half: 1 }, plexus(side), values.plexus);
}

function plexus(side: number): Knot[] {
  return knots([side * 16, 27, 21, 1], [side * 20.5, 35, 16, 2.1], [side * 22, 40, 11, 1.4]);
}

function paintMidline(target: Plane, z: number, { values, age }: HeadModel): void {
  const third = Math.max(0, 1 - ((z + 3) / 13) ** 2);
  if (third > 0)
    fill(
      target,
      smooth(
        [
          [-1.9 * age, -8],
          [0, -15],
          [1.9 * age, -8],
          [1.6 * age, 6],
          [0, 15],
          [-1.6 * age, 6],
        ].map(([x, y]): Point => [(x as number) * Math.sqrt(third), (y as number) * Math.sqrt(third)]),
      ),
      values.fluid,
    );
  if (z > 1 && z < 9) fill(target, ellipse(0, 26, 2.6, 2.2), values.calcium);
  if (z > -8 && z < 4)
    fill(target, smooth(points([-13, 25, -6, 29, 0, 30, 6, 29, 13, 25, 9, 32, 0, 35.5, -9, 32])), values.fluid);
  if (z > 4 && z < 26)
    fill(
      target,
      band(
        [
          [0, -36],
          [0, -8],
        ],
        1.1,
        1.4,
      ),
      values.white,
    );
  if (z > -14)
    fill(
      target,
      ellipse(0, 88 * Math.min(1, Math.sqrt(Math.max(0.05, 1 - (z / 88) ** 2))), 3.2, 3.6),
      values.vessel + 6,
    );
}

function paintHaemorrhage(
  target: Plane,
  z: number,
  { x, y, z: height, size, rim }: Haemorrhage,
  { values, texture }: HeadModel,
): void {
  const section = (radius: number) => {
    const off = (z - height) / (radius * 0.9);
    return Math.abs(off) >= 1 ? 0 : radius * Math.sqrt(1 - off * off);
  };
  const lobed = (radius: number) =>
    smooth(
      Array.from({ length: 14 }, (_, index): Point => {
        const angle = (2 * Math.PI * index) / 14;
        const r = radius * (1 + 0.3 * texture(2 * Math.cos(angle) + 3, 2 * Math.sin(angle), height / 9));
        return [x + r * 0.78 * Math.cos(angle), y + r * 1.15 * Math.sin(angle)];
      }),
    );
  const [outer, inner] = [section(size + rim), section(size)];
  if (outer > 0) shade(target, lobed(outer), (value) => value + (values.oedema - value) * 0.85);
  if (inner > 0) shade(target, lobed(inner), (_, px, py) => values.blood * (1 + 0.07 * texture(px / 3, py / 3, z / 3)));
}
