// Smooth reproducible textures in space (folds of the cortex, marrow, lobules): gradient noise on a lattice.
import type { Chance } from "../random.ts";

/** Gives a value of about −1 to 1 that changes smoothly over a distance of 1. */
export type Texture = (x: number, y: number, z: number) => number;

const gradients: readonly (readonly [number, number, number])[] = [
  [1, 1, 0],
  [-1, 1, 0],
  [1, -1, 0],
  [-1, -1, 0],
  [1, 0, 1],
  [-1, 0, 1],
  [1, 0, -1],
  [-1, 0, -1],
  [0, 1, 1],
  [0, -1, 1],
  [0, 1, -1],
  [0, -1, -1],
];

/** Returns a texture whose lattice is shuffled by `chance`. It repeats after 256. */
export function textureFrom(chance: Chance): Texture {
  const order = shuffled(chance);
  const level = levelOf(order, latticeOf(order));
  return (x, y, z) => {
    const i = Math.floor(x);
    const j = Math.floor(y);
    const k = Math.floor(z);
    const below = level(order[k & 255] as number, i, j, x - i, y - j, z - k);
    const above = level(order[(k + 1) & 255] as number, i, j, x - i, y - j, z - k - 1);
    return mix(below, above, fade(z - k));
  };
}

// Blends the four corners of one level of a lattice cell.
function levelOf(order: Uint8Array, lattice: Float64Array) {
  const at = (hash: number, x: number, y: number, z: number): number =>
    (lattice[3 * hash] as number) * x + (lattice[3 * hash + 1] as number) * y + (lattice[3 * hash + 2] as number) * z;
  return (layer: number, i: number, j: number, u: number, v: number, w: number): number => {
    const west = order[(layer + i) & 255] as number;
    const east = order[(layer + i + 1) & 255] as number;
    const northWest = at(order[(west + j) & 255] as number, u, v, w);
    const northEast = at(order[(east + j) & 255] as number, u - 1, v, w);
    const southWest = at(order[(west + j + 1) & 255] as number, u, v - 1, w);
    const southEast = at(order[(east + j + 1) & 255] as number, u - 1, v - 1, w);
    const across = fade(u);
    return mix(mix(northWest, northEast, across), mix(southWest, southEast, across), fade(v));
  };
}

function latticeOf(order: Uint8Array): Float64Array {
  const slopes = gradients.flat();
  return Float64Array.from({ length: 768 }, (_, index) => {
    const gradient = (order[Math.floor(index / 3)] as number) % 12;
    return slopes[gradient * 3 + (index % 3)] as number;
  });
}

const steps = 16;
const side = 256;

/** Returns a cheaper, coarser texture for faint tones: a tile of `texture`, looked up without blending and shifted from height to height. */
export function grainFrom(texture: Texture): Texture {
  const tile = new Float32Array(side * side);
  for (let at = 0; at < tile.length; at++)
    tile[at] = texture((at % side) / steps, Math.floor(at / side) / steps, 0.5) * Math.SQRT2;
  return (x, y, z) => {
    const shift = Math.floor(z * 4) * 131;
    return tile[
      ((Math.floor(y * steps) + shift) & (side - 1)) * side + ((Math.floor(x * steps) + 3 * shift) & (side - 1))
    ] as number;
  };
}

function shuffled(chance: Chance): Uint8Array {
  const order = Uint8Array.from({ length: 256 }, (_, index) => index);
  for (let index = 255; index > 0; index--) {
    const other = Math.floor(chance() * (index + 1));
    const held = order[index] as number;
    order[index] = order[other] as number;
    order[other] = held;
  }
  return order;
}

function fade(t: number): number {
  return t * t * t * (t * (t * 6 - 15) + 10);
}

function mix(a: number, b: number, t: number): number {
  return a + (b - a) * t;
}
