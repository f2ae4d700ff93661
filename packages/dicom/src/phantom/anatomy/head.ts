// The head that the CT and the MR share: skin, skull and the inside of the skull at every height z, in millimetres (x to the left, y to the back, z to the head).
import { dome, inflated, mirrored, points, scaled, smooth } from "../drawing/outline.ts";
import type { Point } from "../drawing/plane.ts";

const skinHalf: readonly Point[] = points([
  0, -97, 27, -94, 51, -80, 66, -51, 73, -14, 77, 20, 73, 54, 56, 83, 29, 99, 0, 103,
]);

/** The height of the crown above the level z = 0 (that of the basal ganglia), and the roundness of the vault. */
const crown = 99;
const roundness = 2.35;
const scalp = 6.4;

/** Returns the skin at height `z`. */
export function skinOutline(z: number): Point[] {
  return smooth(asHead(mirrored(skinHalf), z), 8);
}

/** Returns `points`, drawn for the level z = 0, as the change in girth places them at height `z`. */
export function asHead(points: readonly Point[], z: number): Point[] {
  return sized(points, z, crown);
}

/** Returns the outer face of the skull at height `z`. */
export function skullOutline(z: number): Point[] {
  return smooth(sized(inflated(mirrored(skinHalf), -scalp), z, crown - scalp), 8);
}

/** Returns the inner face of the skull at height `z`. */
export function innerOutline(z: number): Point[] {
  return smooth(sized(inner, z, crown - scalp - 6.5), 8);
}

/** Returns how deep below the inner face of the skull a place is, in millimetres; negative in bone. */
export function depthInSkull(x: number, y: number, z: number): number {
  const radius = innerRadius(x, y);
  const share = Math.hypot(x, y) / radius;
  if (z <= 0) return (1 - share / girth(z)) * radius;
  return (
    (1 - (share ** roundness + (z / (crown - scalp - 6.5)) ** roundness) ** (1 / roundness)) * Math.min(radius, 78)
  );
}

// Frontal and occipital bone are thicker than temporal bone.
const inner = inflated(mirrored(skinHalf), (_, y) => -scalp - 5 - 2.6 * (y / 100) ** 2);

function sized(outline: readonly Point[], z: number, height: number): Point[] {
  return z > 0
    ? scaled(outline, [0, 2], dome(z, height, roundness))
    : scaled(outline, [0, 2], girth(z), 1 + z * 0.0006);
}

function girth(z: number): number {
  return 1 + Math.min(z, 0) * 0.0013;
}

const bearings = 512;
const radii = Float64Array.from({ length: bearings }, (_, index) =>
  radiusTowards(smooth(inner, 8), (2 * Math.PI * index) / bearings),
);

function innerRadius(x: number, y: number): number {
  const bearing = ((Math.atan2(y, x) / (2 * Math.PI) + 1) % 1) * bearings;
  const index = Math.floor(bearing);
  const from = radii[index % bearings] as number;
  return from + ((radii[(index + 1) % bearings] as number) - from) * (bearing - index);
}

function radiusTowards(outline: readonly Point[], angle: number): number {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  let from = outline.at(-1) as Point;
  for (const to of outline) {
    const [before, after] = [from[1] * cos - from[0] * sin, to[1] * cos - to[0] * sin];
    if (before > 0 !== after > 0) {
      const t = before / (before - after);
      const reach = (from[0] + (to[0] - from[0]) * t) * cos + (from[1] + (to[1] - from[1]) * t) * sin;
      if (reach > 0) return reach;
    }
    from = to;
  }
  return 1;
}
