// The folded cortex in an axial slice: grey matter along the surface and the sulci, white matter inside, fluid around.
import { depthInSkull } from "../anatomy/head.ts";
import { smoothLine } from "../drawing/outline.ts";
import { type Plane, type Point, shade } from "../drawing/plane.ts";
import type { HeadModel } from "./head-slice.ts";

/** Between two sulci, and how thick the grey ribbon is, millimetres. */
const fold = 12.5;
const ribbon = 3.1;
/** Below this depth no sulcus reaches. */
const deepest = 36;

/** Paints the brain inside `outline`. */
export function paintCortex(target: Plane, outline: readonly Point[], z: number, model: HeadModel): void {
  const { values, grain, age } = model;
  const soft = target.spacing * 0.7;
  const sylvian = sylvianAt(z);
  shade(target, outline, (_, x, y) => {
    const tone = 1 + 0.014 * grain(x / 4 + 9, y / 4, z / 5);
    const shape = foldAt(model, sylvian, x, y, z);
    if (shape === undefined) return values.white * tone;
    const surface = shape.depth - age * (1.2 + 0.9 * grain(x / 13, y / 13, z / 13));
    const fluid = Math.max(step(-surface / soft), step(-shape.gap / soft));
    const grey = step((ribbon - Math.min(surface, shape.fromSulcus)) / (soft + 0.4));
    const brain = (values.white + (values.grey - values.white) * grey) * tone;
    const mixed = brain + (values.fluid - brain) * fluid;
    return mixed + (values.dura - mixed) * shape.falx;
  });
}

/** A place in the cortex, in millimetres. */
interface Fold {
  /** Below the nearest outer or inner surface of the hemisphere. */
  readonly depth: number;
  /** Outside the nearest sulcus; negative in its fluid. */
  readonly gap: number;
  /** From the wall of the nearest sulcus, its floor included. */
  readonly fromSulcus: number;
  /** The share that the falx fills. */
  readonly falx: number;
}

function foldAt({ texture, age }: HeadModel, sylvian: readonly Point[], x: number, y: number, z: number): Fold | undefined {
  const outer = depthInSkull(x, y, z);
  const middle = Math.abs(x + 1.2 * texture(0, y / 17, z / 17));
  const closed = beyondFissure(y, z);
  const depth = smaller(outer, Math.hypot(middle, closed));
  const cleft = sylvianGap(sylvian, Math.abs(x), y + 2.5 * texture(x / 9, y / 9, z / 9), age);
  if (depth > deepest && cleft > ribbon + 2) return undefined;
  const scale = 76 / fold / Math.max(52 + 24 * Math.max(0, 1 - Math.abs(x) / 20), Math.hypot(x, y, z * 0.85));
  const twist = 0.45 * texture(x / 24, y / 24, z / 24);
  const lateral = step((Math.hypot(middle, closed) - outer) / 10);
  const reach = Math.max(0.1, 20 * lateral + 10 * (1 - lateral) * (1 - closed / 3));
  const floor = reach * (1 + 0.55 * texture(x * scale * 0.4 + 7, y * scale * 0.4, z * scale * 0.4));
  const away = Math.abs(texture(x * scale + twist, y * scale - twist + depth / 60, z * 0.85 * scale + 0.6 * twist)) * fold * 0.72;
  const width = (0.5 + 0.45 * age) * (1 - depth / floor) + 0.35 * age * Math.max(0, 1 - depth / 4);
  const gap = width < 0.3 ? cleft : Math.min(away - width, cleft);
  const fromSulcus = Math.min(depth > floor ? Math.hypot(away, depth - floor) : away - width, cleft);
  const falx = closed > 0 ? 0 : step((0.75 - middle) / 0.5) * step((outer + 2) / 2);
  return { depth, gap, fromSulcus, falx };
}

// How far a place of the middle plane is from where the hemispheres part: above the corpus callosum, before it and behind it.
function beyondFissure(y: number, z: number): number {
  const above = 27 - 0.004 * y * y - z;
  const before = y + 39 + 0.3 * Math.max(0, z);
  const behind = 35 + 0.4 * Math.max(0, z - 8) - y;
  return Math.max(0, Math.min(above, before, behind));
}

function sylvianAt(z: number): readonly Point[] {
  if (z < -20 || z > 27) return [];
  const lift = z / 26;
  return smoothLine([[70, -27 + 26 * lift], [58, -24 + 24 * lift], [47, -21 + 17 * lift], [39, -16 + 8 * lift], [36.5, -2], [38, 12 + 4 * lift], [42, 21 + 6 * lift]], 3);
}

function sylvianGap(line: readonly Point[], x: number, y: number, age: number): number {
  if (line.length === 0 || x < 26 || y < -48 || y > 44) return 99;
  let nearest = Infinity;
  let at = 0;
  for (let index = 1; index < line.length; index++) {
    const [a, b] = [line[index - 1] as Point, line[index] as Point];
    const [dx, dy, u, v] = [b[0] - a[0], b[1] - a[1], x - a[0], y - a[1]];
    const t = Math.min(1, Math.max(0, (u * dx + v * dy) / (dx * dx + dy * dy)));
    const away = (u - t * dx) ** 2 + (v - t * dy) ** 2;
    if (away < nearest) [nearest, at] = [away, (index - 1 + t) / (line.length - 1)];
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
