// Smooth reproducible textures in space (folds of the cortex, marrow, lobules): gradient noise on a lattice.
import type { Chance } from "../random.ts";

/** Gives a value of about −1 to 1 that changes smoothly over a distance of 1. */
export type Texture = (x: number, y: number, z: number) => number;

const gradients: readonly (readonly [number, number, number])[] = [
  [1, 1, 0], [-1, 1, 0], [1, -1, 0], [-1, -1, 0], [1, 0, 1], [-1, 0, 1],
  [1, 0, -1], [-1, 0, -1], [0, 1, 1], [0, -1, 1], [0, 1, -1], [0, -1, -1],
];

/** Returns a texture whose lattice is shuffled by `chance`. It repeats after 256. */
export function textureFrom(chance: Chance): Texture {
  const order = shuffled(chance);
  const [gx, gy, gz] = [0, 1, 2].map((axis) => Float64Array.from(order, (at) => gradients[at % 12]?.[axis] ?? 0)) as [Float64Array, Float64Array, Float64Array];
  const corner = (i: number, j: number, k: number, x: number, y: number, z: number): number => {
    const at = order[((order[((order[i & 255] as number) + j) & 255] as number) + k) & 255] as number;
    return (gx[at] as number) * x + (gy[at] as number) * y + (gz[at] as number) * z;
  };
  return (x, y, z) => {
    const [i, j, k] = [Math.floor(x), Math.floor(y), Math.floor(z)];
    const [u, v, w] = [x - i, y - j, z - k];
    const [fu, fv, fw] = [fade(u), fade(v), fade(w)];
    const near = mix(mix(corner(i, j, k, u, v, w), corner(i + 1, j, k, u - 1, v, w), fu), mix(corner(i, j + 1, k, u, v - 1, w), corner(i + 1, j + 1, k, u - 1, v - 1, w), fu), fv);
    const far = mix(
      mix(corner(i, j, k + 1, u, v, w - 1), corner(i + 1, j, k + 1, u - 1, v, w - 1), fu),
      mix(corner(i, j + 1, k + 1, u, v - 1, w - 1), corner(i + 1, j + 1, k + 1, u - 1, v - 1, w - 1), fu),
      fv,
    );
    return mix(near, far, fw);
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
