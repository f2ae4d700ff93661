// What a scanner does to a picture: blur (its point spread) and noise.
import { bitsOf } from "../random.ts";
import type { Plane } from "./plane.ts";

/** Blurs `target` with a Gaussian of `sigma` samples. */
export function blur(target: Plane, sigma: number): void {
  const kernel = gaussian(sigma);
  const { values, columns, rows } = target;
  const line = new Float32Array(Math.max(columns, rows));
  for (let row = 0; row < rows; row++) blurLine(values, row * columns, 1, columns, kernel, line);
  for (let column = 0; column < columns; column++) blurLine(values, column, columns, rows, kernel, line);
}

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

function gaussian(sigma: number): Float64Array {
  const reach = Math.ceil(2.5 * sigma);
  const kernel = Float64Array.from({ length: 2 * reach + 1 }, (_, index) => Math.exp(-((index - reach) ** 2) / (2 * sigma * sigma)));
  const sum = kernel.reduce((total, weight) => total + weight, 0);
  return kernel.map((weight) => weight / sum);
}

function blurLine(values: Float32Array, start: number, step: number, count: number, kernel: Float64Array, line: Float32Array): void {
  const reach = (kernel.length - 1) / 2;
  for (let index = 0; index < count; index++) line[index] = values[start + index * step] as number;
  for (let index = 0; index < count; index++) {
    let sum = 0;
    for (let tap = -reach; tap <= reach; tap++) {
      const at = Math.min(count - 1, Math.max(0, index + tap));
      sum += (line[at] as number) * (kernel[tap + reach] as number);
    }
    values[start + index * step] = sum;
  }
}
