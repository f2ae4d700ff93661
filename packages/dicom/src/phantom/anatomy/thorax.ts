// The chest that the CT and the radiograph share: outlines at every height z, in millimetres (x to the left, y to the back, z to the head).
import { dome, inflated, mirrored, points, scaled, smooth, smoothLine } from "../drawing/outline.ts";
import type { Point } from "../drawing/plane.ts";

/** −1 for the patient's right side, 1 for the left. */
export type Side = -1 | 1;

/** The heights of landmarks. */
export const levels = {
  apex: 122,
  arch: 66,
  carina: 40,
  heart: -36,
  rightDome: -44,
  leftDome: -54,
  foot: -142,
} as const;

const cavityHalf: readonly Point[] = smoothLine(
  points([
    5, -80, 30, -88, 62, -89, 97, -75, 121, -44, 132, 2, 128, 46, 108, 82, 78, 102, 50, 101, 32, 86, 25, 66, 23, 44,
  ]),
  6,
);
const bodyHalf: readonly Point[] = points([
  0, -112, 34, -116, 78, -117, 120, -101, 154, -60, 171, -8, 167, 46, 142, 90, 104, 114, 64, 122, 28, 121, 8, 115, 0,
  113,
]);

/** Returns the inner outline of one half of the rib cage at height `z`, from the breastbone round to the spine, for the left side. */
export function cavity(z: number): Point[] {
  const above = z - 46;
  if (above <= 0) return scaled(cavityHalf, [0, 0], 1 - above * 0.00045, 1 - above * 0.0002);
  const k = Math.max(0.12, dome(above, levels.apex - 46, 2));
  return scaled(cavityHalf, [40 + 6 * k, 34], k, k);
}

/** Returns the outline of the diaphragm's dome on one side at height `z` (left side, as `cavity`), or undefined above the dome. */
export function diaphragm(z: number, side: Side): Point[] | undefined {
  const k = dome(z - levels.foot, (side < 0 ? levels.rightDome : levels.leftDome) - levels.foot, 2.3);
  return k === 0 ? undefined : scaled(inflated(cavity(z), -1), [56, -16], k);
}

/** Returns the skin at height `z`. */
export function bodyOutline(z: number): Point[] {
  return smooth(asBody(mirrored(bodyHalf), z), 6);
}

/** Returns `points`, drawn for the middle of the chest, as the body's change in girth places them at height `z`. */
export function asBody(points: readonly Point[], z: number): Point[] {
  const shoulders = Math.max(0, z - 40) / 80;
  const waist = Math.max(0, -z - 40) / 80;
  return scaled(points, [0, 30], 1 + 0.05 * shoulders ** 2 - 0.03 * waist, 1 - 0.19 * shoulders ** 1.7 + 0.01 * waist);
}

/** Returns how far the place is inside the outline of `cavity(z)` of its own side, in millimetres: negative when outside. */
export function depthInCavity(x: number, y: number, z: number): number {
  return depthIn(cached(cavities, Math.round(z), cavity), Math.abs(x), y);
}

/** Returns how far the place is from the dome of the diaphragm at its height, in millimetres: negative when below the dome. */
export function heightAboveDiaphragm(x: number, y: number, z: number, side: Side): number {
  const level = Math.round(z);
  const dome = cached(side < 0 ? rightDomes : leftDomes, level, (height) => diaphragm(height, side) ?? []);
  return dome.length === 0 ? Infinity : -depthIn(dome, Math.abs(x), y);
}

/** Returns how far inside the heart's outline the place is: below 1 inside. */
export function heartReach(x: number, y: number, z: number): number {
  const k = heartSection(z);
  if (k === 0) return Infinity;
  const [u, v] = [x - heart.x, y - heart.y];
  const [cos, sin] = [Math.cos(heart.turn), Math.sin(heart.turn)];
  return Math.hypot((u * cos + v * sin) / (heart.a * k), (v * cos - u * sin) / (heart.b * k));
}

/** The heart: an egg whose long axis points to the left and front. */
export const heart = { x: 14, y: -22, z: -40, a: 64, b: 47, turn: -0.62 } as const;

/** Returns the heart's size at height `z` as a share of its largest section. */
export function heartSection(z: number): number {
  return z > heart.z ? dome(z - heart.z, 62, 2.4) : dome(heart.z - z, 62, 2.4);
}

// Outlines at whole millimetres, which the trees ask for thousands of times.
const cavities = new Map<number, Point[]>();
const rightDomes = new Map<number, Point[]>();
const leftDomes = new Map<number, Point[]>();

function cached(outlines: Map<number, Point[]>, level: number, make: (level: number) => Point[]): Point[] {
  const known = outlines.get(level);
  if (known !== undefined) return known;
  const outline = make(level);
  outlines.set(level, outline);
  return outline;
}

function depthIn(outline: readonly Point[], x: number, y: number): number {
  let inside = false;
  let nearest = Infinity;
  let from = outline.at(-1) as Point;
  for (const to of outline) {
    if (from[1] > y !== to[1] > y && x < ((to[0] - from[0]) * (y - from[1])) / (to[1] - from[1]) + from[0])
      inside = !inside;
    nearest = Math.min(nearest, (to[0] - x) ** 2 + (to[1] - y) ** 2);
    from = to;
  }
  return (inside ? 1 : -1) * Math.sqrt(nearest);
}
