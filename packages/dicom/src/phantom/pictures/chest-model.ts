// The chest of one invented patient: its vessels, its textures, and a nodule in the right upper lobe.
import { type LungTree, lungTree } from "../anatomy/lung-tree.ts";
import { type Rib, ribs } from "../anatomy/ribs.ts";
import { grainFrom, type Texture, textureFrom } from "../drawing/texture.ts";
import type { Knot } from "../drawing/tube.ts";
import { between, type Chance, chanceOf } from "../random.ts";

/** A small solid lesion in the lung: its centre and radius, and the strands around it. */
export interface Nodule {
  readonly centre: Knot;
  readonly parts: readonly Knot[];
  readonly strands: readonly (readonly [Knot, Knot])[];
}

/** Everything a slice is drawn from. */
export interface ChestModel {
  readonly ribs: readonly Rib[];
  readonly tree: LungTree;
  readonly nodule: Nodule | undefined;
  readonly texture: Texture;
  readonly grain: Texture;
}

/** The nodule's diameter in millimetres, its strands not counted. */
export const noduleDiameter = 8;

/** Returns the chest for `path` under `seed`; the nodule's centre lies at height `noduleZ`. */
export function chestModel(seed: string, path: string, noduleZ: number): ChestModel {
  const texture = textureFrom(chanceOf(seed, `${path}/chest-texture`));
  return {
    ribs: ribs(),
    tree: lungTree(seed, path),
    nodule: nodule(chanceOf(seed, `${path}/nodule`), noduleZ),
    texture,
    grain: grainFrom(texture),
  };
}

function nodule(chance: Chance, z: number): Nodule {
  const centre = { x: between(chance, -82, -70), y: between(chance, -36, -24), z, r: noduleDiameter / 2 };
  const near = (reach: number, r: number): Knot => ({
    x: centre.x + between(chance, -reach, reach),
    y: centre.y + between(chance, -reach, reach),
    z: z + between(chance, -reach, reach),
    r,
  });
  const parts = [{ ...centre, r: 3.2 }, ...Array.from({ length: 5 }, () => near(1.5, between(chance, 1.9, 2.6)))];
  const strands = Array.from({ length: 11 }, (_, index): readonly [Knot, Knot] => {
    const angle = (2 * Math.PI * (index + 0.6 * chance())) / 11;
    const length = between(chance, 6, 11);
    return [
      { ...centre, r: 0.75 },
      {
        x: centre.x + length * Math.cos(angle),
        y: centre.y + length * Math.sin(angle),
        z: z + between(chance, -3, 3),
        r: 0.25,
      },
    ];
  });
  return { centre, parts, strands };
}
