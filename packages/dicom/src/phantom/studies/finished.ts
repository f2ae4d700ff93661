// From a painted plane to stored samples.
import type { Plane } from "../drawing/plane.ts";

/** Returns the plane's values plus `offset`, rounded and kept within `low` and `high`, as unsigned samples. */
export function unsignedSamples({ values }: Plane, offset: number, low: number, high: number): Uint16Array {
  const samples = new Uint16Array(values.length);
  for (let at = 0; at < values.length; at++)
    samples[at] = Math.min(high, Math.max(low, Math.round((values[at] as number) + offset)));
  return samples;
}

/** Returns the plane's values plus `offset` as signed samples, and `padding` outside the circle that a CT reconstructs. */
export function signedSamplesInCircle({ values, columns, rows }: Plane, offset: number, padding: number): Int16Array {
  const samples = new Int16Array(values.length).fill(padding);
  const radius = Math.min(columns, rows) / 2;
  for (let row = 0; row < rows; row++) {
    const half = Math.sqrt(Math.max(0, radius ** 2 - (row - (rows - 1) / 2) ** 2));
    const last = row * columns + Math.floor((columns - 1) / 2 + half);
    for (let at = row * columns + Math.ceil((columns - 1) / 2 - half); at <= last; at++) {
      samples[at] = Math.round(Math.min(3071, Math.max(-1024, values[at] as number)) + offset);
    }
  }
  return samples;
}
