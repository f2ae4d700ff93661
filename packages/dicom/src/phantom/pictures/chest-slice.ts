// One axial CT slice of the chest in Hounsfield units: the wall, the lungs, what lies between them, and the dome of the abdomen.
import type { LungTree } from "../anatomy/lung-tree.ts";
import { airwayInside } from "../anatomy/lung-tree.ts";
import type { Rib } from "../anatomy/ribs.ts";
import { cavity, type Side } from "../anatomy/thorax.ts";
import { band, flipped, inflated, smoothLine } from "../drawing/outline.ts";
import { fill, type Plane, type Point, shade } from "../drawing/plane.ts";
import { type Knot, paintSegment, paintTube, type Slab } from "../drawing/tube.ts";
import { paintAbdomen } from "./abdomen-slice.ts";
import type { ChestModel, Nodule } from "./chest-model.ts";
import { paintChestWall } from "./chest-wall-slice.ts";
import { chestHu as hu } from "./hounsfield.ts";
import { paintMediastinum } from "./mediastinum-slice.ts";
import { paintSpine } from "./spine-slice.ts";

/** Paints the slice at `slab` on `target`, which holds air. */
export function paintChest(target: Plane, slab: Slab, model: ChestModel): void {
  paintTable(target);
  paintChestWall(target, slab, model);
  for (const side of [-1, 1] as const) paintLung(target, slab, side, model);
  paintRibs(target, slab, model.ribs);
  paintAbdomen(target, slab, model.grain);
  paintMediastinum(target, slab, model.grain);
  paintSpine(target, slab.z, model.grain);
  paintAirways(target, slab, model.tree);
}

/** Returns the outline `half` (drawn for the left side) on `side`. */
function turnedTo(half: readonly Point[], side: Side): readonly Point[] {
  return side > 0 ? half : flipped(half);
}

function paintTable(target: Plane): void {
  const curve = (depth: number) =>
    smoothLine([
      [-178, 118 + depth],
      [-120, 142 + depth],
      [-60, 153 + depth],
      [0, 156 + depth],
      [60, 153 + depth],
      [120, 142 + depth],
      [178, 118 + depth],
    ]);
  fill(target, [...curve(0), ...curve(16).reverse()], -965);
  fill(target, band(curve(0), 2.2), hu.table);
  fill(target, band(curve(16), 2.6), hu.tableShell);
}

function paintLung(target: Plane, slab: Slab, side: Side, { tree, nodule, grain }: ChestModel): void {
  const { z } = slab;
  if (z > 117) return;
  const outline = turnedTo(cavity(z), side);
  fill(target, inflated(outline, 1.2), hu.muscle);
  shade(
    target,
    outline,
    (_, x, y) => hu.lung + 0.34 * y + 14 * grain(x / 7, y / 7, z / 7) + 9 * grain(x / 2.6, y / 2.6, z / 3 + 40),
  );
  paintFissure(target, z, side);
  for (const [from, to] of tree.vessels) if (from.x * side > 0) paintSegment(target, slab, from, to, vesselValue(to.r));
  if (nodule !== undefined) paintNodule(target, slab, nodule);
}

// A slice thicker than the vessel shows it mixed with lung.
function vesselValue(radius: number): number {
  return hu.lung + (hu.vein - hu.lung) * Math.min(1, 0.08 + (radius / 1.5) ** 0.75);
}

function paintFissure(target: Plane, z: number, side: Side): void {
  const y = 72 - (52 - z) * 0.92;
  if (y < -74 || y > 88) return;
  const line = smoothLine([
    [18, y + 9],
    [60, y],
    [100, y + 2],
    [136, y + 14],
  ]);
  shade(target, turnedTo(band(line, 0.9), side), (value) => Math.max(value, -700));
}

function paintNodule(target: Plane, slab: Slab, nodule: Nodule): void {
  const thin = { z: slab.z, half: slab.half * 0.5 };
  for (const [from, to] of nodule.strands) paintSegment(target, thin, from, to, -250);
  for (const part of nodule.parts) paintSegment(target, thin, part, { ...part, x: part.x + 0.01 }, hu.nodule);
}

function paintRibs(target: Plane, slab: Slab, all: readonly Rib[]): void {
  const thin = { z: slab.z, half: 0.8 };
  const thinner = (part: readonly Knot[], by: number) => part.map((knot) => ({ ...knot, r: knot.r - by }));
  for (const { bone, cartilage } of all) {
    paintTube(target, thin, cartilage, hu.cartilage);
    paintTube(target, thin, bone, hu.cortex);
    paintTube(target, thin, thinner(bone, 1.7), hu.marrow);
  }
}

function paintAirways(target: Plane, slab: Slab, tree: LungTree): void {
  const thin = { z: slab.z, half: slab.half * 0.25 };
  const inner = (knot: Knot) => ({ ...knot, r: knot.r * airwayInside });
  for (const [from, to] of tree.airways) paintSegment(target, thin, from, to, hu.airwayWall);
  for (const [from, to] of tree.airways) paintSegment(target, thin, inner(from), inner(to), -985);
}
