// Tubes through space (vessels, airways, ribs), cut by the slab that a slice shows.
import type { Plane } from "./plane.ts";

/** A place in the patient with the tube's radius there, in millimetres (x to the left, y to the back, z to the head). */
export interface Knot {
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly r: number;
}

/** Where a slice lies and half its thickness, in millimetres. */
export interface Slab {
  readonly z: number;
  readonly half: number;
}

/** Paints with `value` what of the tube through `knots` lies in `slab`. */
export function paintTube(target: Plane, slab: Slab, knots: readonly Knot[], value: number): void {
  for (let index = 1; index < knots.length; index++)
    paintSegment(target, slab, knots[index - 1] as Knot, knots[index] as Knot, value);
}

/** Paints with `value` what of the piece from `a` to `b` lies in `slab`. */
export function paintSegment(target: Plane, slab: Slab, a: Knot, b: Knot, value: number): void {
  const reach = slab.half + Math.max(a.r, b.r);
  if (Math.min(a.z, b.z) - slab.z >= reach || slab.z - Math.max(a.z, b.z) >= reach) return;
  const cuts = cutsOf(a, b, slab, reach);
  let from = shrunk(between(a, b, cuts[0] ?? 0), slab);
  for (const cut of cuts.slice(1)) {
    const to = shrunk(between(a, b, cut), slab);
    paintCapsule(target, from, to, value);
    from = to;
  }
}

/** Returns the smooth tube through `knots`, `steps` pieces between two of them. */
export function smoothTube(knots: readonly Knot[], steps = 5): Knot[] {
  const last = knots.length - 1;
  const at = (index: number) => knots[Math.min(Math.max(index, 0), last)] as Knot;
  return Array.from({ length: last * steps + 1 }, (_, index) => {
    const piece = Math.min(Math.floor(index / steps), last - 1);
    const [p, q, r, s] = [at(piece - 1), at(piece), at(piece + 1), at(piece + 2)];
    const t = index / steps - piece;
    const along = (axis: keyof Knot) => blend(p[axis], q[axis], r[axis], s[axis], t);
    return { x: along("x"), y: along("y"), z: along("z"), r: Math.max(0.1, along("r")) };
  });
}

/** Returns knots from rows of [x, y, z, radius]. */
export function knots(...rows: readonly (readonly [number, number, number, number])[]): Knot[] {
  return rows.map(([x, y, z, r]) => ({ x, y, z, r }));
}

function blend(p: number, q: number, r: number, s: number, t: number): number {
  return q + (t / 2) * (r - p + t * (2 * p - 5 * q + 4 * r - s + t * (3 * (q - r) + s - p)));
}

// Where the piece begins, enters the slab, leaves it and ends, as shares of its length: between them its radius changes evenly.
function cutsOf(a: Knot, b: Knot, slab: Slab, reach: number): number[] {
  const rise = b.z - a.z;
  if (Math.abs(rise) < 1e-6) return [0, 1];
  const share = (height: number) => Math.min(1, Math.max(0, (slab.z + height - a.z) / rise));
  const cuts = [-reach, -slab.half, slab.half, reach].map(share);
  if (rise < 0) cuts.reverse();
  return cuts.filter((cut, index) => index === 0 || cut > (cuts[index - 1] as number));
}

function between(a: Knot, b: Knot, t: number): Knot {
  return { x: a.x + (b.x - a.x) * t, y: a.y + (b.y - a.y) * t, z: a.z + (b.z - a.z) * t, r: a.r + (b.r - a.r) * t };
}

// A round end that leaves the slab is seen smaller.
function shrunk(knot: Knot, slab: Slab): Knot {
  const above = Math.max(0, Math.abs(knot.z - slab.z) - slab.half);
  return above === 0 ? knot : { ...knot, r: Math.sqrt(Math.max(0, knot.r * knot.r - above * above)) };
}

function paintCapsule(target: Plane, a: Knot, b: Knot, value: number): void {
  const { values, columns, rows, spacing, left, top } = target;
  const margin = Math.max(a.r, b.r) + spacing;
  const firstColumn = Math.max(0, Math.ceil((Math.min(a.x, b.x) - margin - left) / spacing));
  const lastColumn = Math.min(columns - 1, Math.floor((Math.max(a.x, b.x) + margin - left) / spacing));
  const firstRow = Math.max(0, Math.ceil((Math.min(a.y, b.y) - margin - top) / spacing));
  const lastRow = Math.min(rows - 1, Math.floor((Math.max(a.y, b.y) + margin - top) / spacing));
  const [dx, dy, dr] = [b.x - a.x, b.y - a.y, b.r - a.r];
  const perLength = 1 / (dx * dx + dy * dy + 1e-9);
  for (let row = firstRow; row <= lastRow; row++) {
    const v = top + row * spacing - a.y;
    for (let column = firstColumn; column <= lastColumn; column++) {
      const u = left + column * spacing - a.x;
      const t = Math.min(1, Math.max(0, (u * dx + v * dy) * perLength));
      const [eu, ev, radius] = [u - t * dx, v - t * dy, a.r + t * dr];
      const share = shareInside(Math.sqrt(eu * eu + ev * ev), radius, spacing);
      if (share <= 0) continue;
      const at = row * columns + column;
      values[at] = (values[at] as number) + (value - (values[at] as number)) * share;
    }
  }
}

// A tube thinner than a sample fills only a part of it.
function shareInside(distance: number, radius: number, spacing: number): number {
  const share = (radius - distance) / spacing + 0.5;
  return share <= 0 ? 0 : Math.min(1, share) * Math.min(1, (2 * radius) / spacing);
}
