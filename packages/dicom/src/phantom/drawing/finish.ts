// What a scanner does to a picture: blur (its point spread) and noise.
import { bitsOf } from "../random.ts";
import type { Plane } from "./plane.ts";

/** Blurs `target` with a Gaussian of `sigma` samples. */
export function blur(target: Plane, sigma: number): void {
  const kernel = gaussian(sigma);
  blurAcross(target, kernel);
  blurDown(target, kernel);
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

function blurAcross({ values, columns, rows }: Plane, kernel: Float64Array): void {
  const reach = (kernel.length - 1) / 2;
  const line = new Float32Array(columns + 2 * reach);
  for (let row = 0; row < rows; row++) {
    const start = row * columns;
    line.fill(values[start] as number, 0, reach);
    line.set(values.subarray(start, start + columns), reach);
    line.fill(values[start + columns - 1] as number, reach + columns);
    for (let column = 0; column < columns; column++) {
      let sum = 0;
      for (let tap = 0; tap < kernel.length; tap++) sum += (kernel[tap] as number) * (line[column + tap] as number);
      values[start + column] = sum;
    }
  }
}

// Row by row, so that memory is read in order.
function blurDown({ values, columns, rows }: Plane, kernel: Float64Array): void {
  const reach = (kernel.length - 1) / 2;
  const before = values.slice();
  const sums = new Float64Array(columns);
  for (let row = 0; row < rows; row++) {
    sums.fill(0);
    for (let tap = 0; tap < kernel.length; tap++) {
      const start = Math.min(rows - 1, Math.max(0, row + tap - reach)) * columns;
      const weight = kernel[tap] as number;
      for (let column = 0; column < columns; column++) sums[column] = (sums[column] as number) + weight * (before[start + column] as number);
    }
    values.set(sums, row * columns);
  }
}
