// The folded cortex in an axial slice: grey matter along the surface and the sulci, white matter inside, fluid around.
import { depthInSkull } from "../anatomy/head.ts";
import { smoothLine } from "../drawing/outline.ts";
import { type Plane, type Point, shade } from "../drawing/plane.ts";
import type { Texture } from "../drawing/texture.ts";
import type { HeadModel } from "./head-model.ts";

/** Between two sulci, and how thick the grey ribbon is, millimetres. */
const spacing = 12.5;
const ribbon = 3.1;
/** Below this depth no sulcus reaches. */
const deepest = 36;

/** Paints the brain inside `outline`. */
export function paintCortex(target: Plane, outline: readonly Point[], z: number, model: HeadModel): void {
  const { values, grain, age } = model;
  const soft = target.spacing * 0.7;
  const sylvian = sylvianAt(z);
  const fold: Fold = { depth: 0, gap: 0, fromSulcus: 0, falx: 0 };
  shade(target, outline, (_, x, y) => {
    const tone = 1 + 0.014 * grain(x / 4 + 9, y / 4, z / 5);
    findFold(fold, model, sylvian, x, y, z);
    if (fold.depth > deepest) return values.white * tone;
    const surface = fold.depth - age * (1.2 + 0.9 * grain(x / 13, y / 13, z / 13));
    const fluid = Math.max(step(-surface / soft), step(-fold.gap / soft));
    const grey = step((ribbon - Math.min(surface, fold.fromSulcus)) / (soft + 0.4));
    const brain = (values.white + (values.grey - values.white) * grey) * tone;
    const mixed = brain + (values.fluid - brain) * fluid;
    return mixed + (values.dura - mixed) * fold.falx;
  });
}

/** A place in the cortex, in millimetres; one object serves a whole slice, for a million new ones would keep the collector busy. */
interface Fold {
  /** Below the nearest outer or inner surface of the hemisphere; beyond `deepest` the rest is not found. */
  depth: number;
  /** Outside the nearest sulcus; negative in its fluid. */
  gap: number;
  /** From the wall of the nearest sulcus, its floor included. */
  fromSulcus: number;
  /** The share that the falx fills. */
  falx: number;
}

function findFold(
  fold: Fold,
  { texture, age }: HeadModel,
  sylvian: Float64Array,
  x: number,
  y: number,
  z: number,
): void {
  const outer = depthInSkull(x, y, z);
  const middle = Math.abs(x + 1.2 * texture(0, y / 17, z / 17));
  const closed = beyondFissure(y, z);
  const inner = Math.sqrt(middle * middle + closed * closed);
  const depth = smaller(outer, inner);
  const cleft = sylvianGap(sylvian, Math.abs(x), y, texture, z, age);
  fold.depth = cleft > ribbon + 2 ? depth : Math.min(depth, deepest);
  if (fold.depth > deepest) return;
  const scale =
    76 / spacing / Math.max(52 + 24 * Math.max(0, 1 - Math.abs(x) / 20), Math.sqrt(x * x + y * y + 0.72 * z * z));
  const twist = 0.45 * texture(x / 24, y / 24, z / 24);
  const lateral = step((inner - outer) / 10);
  const reach = Math.max(0.1, 20 * lateral + 10 * (1 - lateral) * (1 - closed / 3));
  const floor = reach * (1 + 0.55 * texture(x * scale * 0.4 + 7, y * scale * 0.4, z * scale * 0.4));
  const away =
    Math.abs(texture(x * scale + twist, y * scale - twist + depth / 60, z * 0.85 * scale + 0.6 * twist)) *
    spacing *
    0.72;
  const width = (0.5 + 0.45 * age) * (1 - depth / floor) + 0.35 * age * Math.max(0, 1 - depth / 4);
  fold.gap = width < 0.3 ? cleft : Math.min(away - width, cleft);
  fold.fromSulcus = Math.min(depth > floor ? Math.sqrt(away * away + (depth - floor) ** 2) : away - width, cleft);
  fold.falx = closed > 0 ? 0 : step((0.75 - middle) / 0.5) * step((outer + 2) / 2);
}

// How far a place of the middle plane is from where the hemispheres part: above the corpus callosum, before it and behind it.
function beyondFissure(y: number, z: number): number {
  const above = 27 - 0.004 * y * y - z;
  const before = y + 39 + 0.3 * Math.max(0, z);
  const behind = 35 + 0.4 * Math.max(0, z - 8) - y;
  return Math.max(0, Math.min(above, before, behind));
}

// The Sylvian fissure of the left side as x, y pairs; empty where there is none.
function sylvianAt(z: number): Float64Array {
  if (z < -20 || z > 27) return new Float64Array();
  const lift = z / 26;
  const bends: readonly Point[] = [
    [70, -27 + 26 * lift],
    [58, -24 + 24 * lift],
    [47, -21 + 17 * lift],
    [39, -16 + 8 * lift],
    [36.5, -2],
    [38, 12 + 4 * lift],
    [42, 21 + 6 * lift],
  ];
  return Float64Array.from(smoothLine(bends, 2).flat());
}

function sylvianGap(
  line: Float64Array,
  x: number,
  straightY: number,
  texture: Texture,
  z: number,
  age: number,
): number {
  if (line.length === 0 || x < 26 || straightY < -48 || straightY > 44) return 99;
  const y = straightY + 2.5 * texture(x / 9, straightY / 9, z / 9);
  let nearest = Infinity;
  let at = 0;
  for (let index = 2; index < line.length; index += 2) {
    const [ax, ay] = [line[index - 2] as number, line[index - 1] as number];
    const [dx, dy] = [(line[index] as number) - ax, (line[index + 1] as number) - ay];
    const t = Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy)));
    const away = (x - ax - t * dx) ** 2 + (y - ay - t * dy) ** 2;
    if (away >= nearest) continue;
    nearest = away;
    at = (index - 2 + 2 * t) / (line.length - 2);
  }
  return Math.sqrt(nearest) - (0.5 + 0.75 * age) * (1.15 - at);
}

function smaller(a: number, b: number): number {
  const h = Math.min(1, Math.max(0, 0.5 + (b - a) / 6));
  return b + (a - b) * h - 1.5 * h * (1 - h);
}

/** Rises smoothly from 0 (at −0.5) to 1 (at 0.5). */
function step(t: number): number {
  const s = Math.min(1, Math.max(0, t + 0.5));
  return s * s * (3 - 2 * s);
}
