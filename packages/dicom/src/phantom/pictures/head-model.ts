// The head of one invented patient.
import { grainFrom, type Texture, textureFrom } from "../drawing/texture.ts";
import { between, chanceOf } from "../random.ts";
import type { HeadValues } from "./head-values.ts";

/** Everything a slice of the head is drawn from. */
export interface HeadModel {
  readonly values: HeadValues;
  readonly texture: Texture;
  readonly grain: Texture;
  /** 1 for a young brain; larger widens fluid spaces. */
  readonly age: number;
  readonly haemorrhage: Haemorrhage | undefined;
}

/** A fresh bleed: its centre, its half axes, and the rim of oedema around it, in millimetres. */
export interface Haemorrhage {
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly size: number;
  readonly rim: number;
}

/** Returns the head for `path` under `seed`, in the values of one modality. */
export function headModel(values: HeadValues, seed: string, path: string, haemorrhage?: Haemorrhage): HeadModel {
  const chance = chanceOf(seed, `${path}/head`);
  const texture = textureFrom(chance);
  return { values, texture, grain: grainFrom(texture), age: between(chance, 0.95, 1.2), haemorrhage };
}

/** Returns the haemorrhage for `path` under `seed`: in the basal ganglia of one side, its centre at height `z`. */
export function haemorrhageAt(seed: string, path: string, z: number): Haemorrhage {
  const chance = chanceOf(seed, `${path}/haemorrhage`);
  const side = chance() < 0.5 ? -1 : 1;
  return { x: side * between(chance, 22, 26), y: between(chance, -8, 2), z, size: between(chance, 9.5, 11.5), rim: 5 };
}
