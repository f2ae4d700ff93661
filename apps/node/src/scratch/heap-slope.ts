// How fast the heap of this process grows with what is done: a line through what stays after each collection of garbage.
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** Bytes of the heap after a collection, and how much was done by then. */
export interface HeapSample {
  readonly done: number;
  readonly bytes: number;
}

/** Does `step` so often, each step `size` units, and samples the heap after each. What the first `warm` steps leave is not looked at: tables and caches fill. */
export async function heapSamples(
  { steps, size, warm }: { readonly steps: number; readonly size: number; readonly warm: number },
  step: (size: number) => Promise<void>,
): Promise<HeapSample[]> {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const samples: HeapSample[] = [];
  for (let at = 0; at < steps; at++) {
    await step(size);
    collect();
    if (at >= warm) samples.push({ done: (at + 1) * size, bytes: process.memoryUsage().heapUsed });
  }
  return samples;
}

/** Slope of the line of least squares: bytes for each unit. */
export function slopeOf(samples: readonly HeapSample[]): number {
  const meanDone = mean(samples.map(({ done }) => done));
  const meanBytes = mean(samples.map(({ bytes }) => bytes));
  const rise = samples.reduce((sum, { done, bytes }) => sum + (done - meanDone) * (bytes - meanBytes), 0);
  const run = samples.reduce((sum, { done }) => sum + (done - meanDone) ** 2, 0);
  return rise / run;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
