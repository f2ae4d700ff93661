// What a scanner does to a picture: blur (its point spread) and noise.
import { bitsOf } from "../random.ts";
import type { Plane } from "./plane.ts";

/** Blurs `target` with a Gaussian of `sigma` samples, at most 0.8: five samples wide. */
export function blur(target: Plane, sigma: number): void {
  const near = Math.exp(-1 / (2 * sigma * sigma));
  const far = near ** 4;
  const sum = 1 + 2 * near + 2 * far;
  const weights: Weights = [1 / sum, near / sum, far / sum];
  blurAcross(target, weights);
  blurDown(target, weights);
}

type Weights = readonly [middle: number, near: number, far: number];

/** Adds bell-shaped noise of standard deviation `sigma` to every sample, drawn for `path` under `seed`. */
export function addNoise(target: Plane, sigma: number, seed: string, path: string): void {
  const bits = bitsOf(seed, path);
  const { values } = target;
  const scale = sigma / sumDeviation;
  for (let index = 0; index < values.length; index++) {
    values[index] = (values[index] as number) + (bytesOf(bits()) - 510) * scale;
  }
}

/** The deviation of the sum of four random bytes, which is close enough to a bell. */
const sumDeviation = Math.sqrt((4 * (256 * 256 - 1)) / 12);

function bytesOf(word: number): number {
  return (word & 255) + ((word >>> 8) & 255) + ((word >>> 16) & 255) + (word >>> 24);
}

function blurAcross({ values, columns, rows }: Plane, [middle, near, far]: Weights): void {
  const line = new Float32Array(columns + 4);
  for (let row = 0; row < rows; row++) {
    const start = row * columns;
    line.fill(values[start] as number, 0, 2);
    line.set(values.subarray(start, start + columns), 2);
    line.fill(values[start + columns - 1] as number, columns + 2);
    for (let at = 2; at < columns + 2; at++) {
      const beside = (line[at - 1] as number) + (line[at + 1] as number);
      const beyond = (line[at - 2] as number) + (line[at + 2] as number);
      values[start + at - 2] = middle * (line[at] as number) + near * beside + far * beyond;
    }
  }
}

// Row by row, so that memory is read in order.
function blurDown({ values, coverage, columns, rows }: Plane, [middle, near, far]: Weights): void {
  const before = coverage;
  before.set(values);
  const startOf = (row: number) => Math.min(rows - 1, Math.max(0, row)) * columns;
  for (let row = 0; row < rows; row++) {
    const [a, b, c, d, e] = [startOf(row - 2), startOf(row - 1), row * columns, startOf(row + 1), startOf(row + 2)];
    for (let column = 0; column < columns; column++) {
      const beside = (before[b + column] as number) + (before[d + column] as number);
      const beyond = (before[a + column] as number) + (before[e + column] as number);
      values[c + column] = middle * (before[c + column] as number) + near * beside + far * beyond;
    }
  }
}
