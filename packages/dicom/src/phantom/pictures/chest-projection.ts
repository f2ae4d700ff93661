// A chest radiograph, seen from behind: the rays' way through the same chest that the CT shows, then what a plate makes of it.
import { bodyOutline, cavity, diaphragm, heart, heartSection, levels, type Side } from "../anatomy/thorax.ts";
import { blur } from "../drawing/finish.ts";
import { ellipse, flipped, inflated, smooth } from "../drawing/outline.ts";
import { clear, fill, type Plane, type Point, plane, shade } from "../drawing/plane.ts";
import type { ChestModel } from "./chest-model.ts";
import { addDeepBones, addRibs } from "./chest-projection-bones.ts";
import { addSoftDetail } from "./chest-projection-detail.ts";
import { course, fatOutline } from "./mediastinum-slice.ts";

/** Returns the way of each ray in millimetres of water; rows run from head to feet, so that y is −z. */
export function projectChest(
  columns: number,
  rows: number,
  spacing: number,
  middleZ: number,
  model: ChestModel,
): Plane {
  const rough = projectSoftTissue(columns / 2, rows / 2, spacing * 2, middleZ);
  addDeepBones(rough);
  blur(rough, 0.8);
  const fine = plane(columns, rows, spacing, 0, -middleZ);
  enlarge(rough, fine);
  addSoftDetail(fine, model);
  addRibs(fine, model.ribs);
  return fine;
}

/** Water a millimetre of lung is worth. */
const lungDensity = 0.27;
/** Samples along the ray are this many millimetres long. */
const stretch = 6;

// Every other level of the chest is painted lying down and its samples are summed along the ray; those between are their means.
function projectSoftTissue(columns: number, rows: number, spacing: number, middleZ: number): Plane {
  const sums = plane(columns, rows, spacing, 0, -middleZ);
  const level = plane(columns, Math.ceil(300 / stretch / spacing), spacing, 0);
  for (let row = 0; row < rows; row += 2) {
    paintLevel(level, -(sums.top + row * spacing));
    const line = sums.values.subarray(row * columns, (row + 1) * columns);
    for (let start = 0; start < level.values.length; start += columns) {
      for (let column = 0; column < columns; column++)
        line[column] = (line[column] as number) + (level.values[start + column] as number) * stretch * spacing;
    }
  }
  for (let row = 1; row < rows; row += 2) {
    const [above, below] = [(row - 1) * columns, Math.min(row + 1, rows - 2 + (rows % 2)) * columns];
    for (let column = 0; column < columns; column++) {
      const both = (sums.values[above + column] as number) + (sums.values[below + column] as number);
      sums.values[row * columns + column] = both / 2;
    }
  }
  return sums;
}

function paintLevel(level: Plane, z: number): void {
  const flat = (outline: readonly Point[]) => outline.map(([x, y]): Point => [x, y / stretch]);
  clear(level, 0);
  if (z > 30) fill(level, flat(shoulders(z)), 1);
  if (z < 116) fill(level, flat(bodyOutline(Math.max(z, -120))), 1);
  for (const side of [-1, 1] as const) if (z < 122) paintLungLevel(level, z, side, flat);
  const between = smooth(fatOutline(z), 4).map(([x, y]): Point => [x * 0.66, y]);
  if (z > -150 && z < 130) fill(level, flat(between), 1);
  for (const name of bulges)
    for (const { x, y, z: height, r } of course[name]) {
      const section = r * r - (z - height) ** 2;
      if (section > 1)
        shade(level, flat(ellipse(x, y, Math.sqrt(section), Math.sqrt(section))), (value) => denser(value, z));
    }
  const k = heartSection(z);
  const outline = ellipse(heart.x, heart.y, heart.a * k, heart.b * k, heart.turn);
  if (k > 0) shade(level, flat(outline), (value) => denser(value, z));
}

// Enhanced where heart or vessels border on lung, for the fat and small vessels around them are not drawn; not below the domes.
const denser = (value: number, z: number) => (value < 0.9 ? (z > -80 ? 1.45 : 1) : value);

// The vessels that shape the outline of the heart and the hila.
const bulges = ["aorta", "pulmonaryTrunk", "rightPulmonary", "leftPulmonary", "cava", "rightVein", "leftVein"] as const;

function paintLungLevel(level: Plane, z: number, side: Side, flat: (outline: readonly Point[]) => Point[]): void {
  const lung = cavity(z);
  fill(level, flat(side > 0 ? lung : flipped(lung)), lungDensity);
  const below = z < levels.foot ? inflated(lung, 1) : diaphragm(z, side);
  if (below !== undefined) fill(level, flat(side > 0 ? below : flipped(below)), 1);
}

const girths: readonly (readonly [z: number, half: number, depth: number])[] = [
  [200, 57, 60],
  [178, 60, 62],
  [160, 74, 66],
  [148, 108, 72],
  [136, 160, 80],
  [124, 186, 88],
  [90, 192, 100],
  [60, 182, 108],
  [30, 171, 114],
];

// With the arms down the shoulders are wider than in the CT, where they are raised.
function shoulders(z: number): Point[] {
  const above = Math.max(
    1,
    girths.findIndex(([height]) => height <= z),
  );
  const [high, low] = [girths[above - 1], girths[above]] as [(typeof girths)[number], (typeof girths)[number]];
  const t = Math.min(1, Math.max(0, (high[0] - z) / (high[0] - low[0])));
  const s = t * t * (3 - 2 * t);
  const [half, depth] = [high[1] + (low[1] - high[1]) * s, high[2] + (low[2] - high[2]) * s];
  return Array.from({ length: 64 }, (_, index): Point => {
    const angle = (2 * Math.PI * index) / 64;
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    return [half * Math.sign(cos) * Math.abs(cos) ** 0.8, 6 + depth * Math.sign(sin) * Math.abs(sin) ** 0.8];
  });
}

// Twice as many samples in each direction, each mixed from its neighbours.
function enlarge(rough: Plane, fine: Plane): void {
  const at = (column: number, row: number) =>
    rough.values[
      Math.min(Math.max(row, 0), rough.rows - 1) * rough.columns + Math.min(Math.max(column, 0), rough.columns - 1)
    ] as number;
  for (let row = 0; row < fine.rows; row++) {
    const above = Math.floor((row - 0.5) / 2);
    const down = row % 2 === 0 ? 0.75 : 0.25;
    for (let column = 0; column < fine.columns; column++) {
      const before = Math.floor((column - 0.5) / 2);
      const right = column % 2 === 0 ? 0.75 : 0.25;
      const upper = at(before, above) * (1 - right) + at(before + 1, above) * right;
      const lower = at(before, above + 1) * (1 - right) + at(before + 1, above + 1) * right;
      fine.values[row * fine.columns + column] = upper * (1 - down) + lower * down;
    }
  }
}
