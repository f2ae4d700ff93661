// A million statements, with their parts in the vault and in the lists: the heap does not grow with the log. Fewer with FIDUCIAL_SOAK_STATEMENTS.
import { expect, test } from "vitest";
import { heapSamples, slopeOf } from "../scratch/heap-slope.ts";
import { manyStudies } from "../scratch/many-studies.ts";
import { scratchNode } from "../scratch/scratch-node.ts";

const statements = Number(process.env["FIDUCIAL_SOAK_STATEMENTS"] ?? "1000000");
const steps = 20;
/** Bytes for each statement: 1 MB for 100,000. Of fewer, what one collection leaves and the next does not is as much as that. */
const mostSlope = (count: number) => 1e6 / Math.min(count, 100_000);

test(`${statements} statements leave the heap as it is`, { timeout: 3 * 3_600_000 }, async () => {
  const node = await scratchNode().open({ threads: 2 });
  const register = await manyStudies(node);
  const samples = await heapSamples({ steps, size: Math.ceil(statements / steps), warm: steps / 4 }, register);
  const slope = slopeOf(samples);
  // biome-ignore lint/suspicious/noConsole: what a soak has measured is worth more than that it passed.
  console.log(`heap: ${((slope * 100_000) / 1e6).toFixed(2)} MB for each 100,000 of ${statements} statements`);
  expect(node.store.head().edge.size).toBeGreaterThan(statements);
  expect(slope).toBeLessThan(mostSlope(statements));
});

test("a node that kept a hundred bytes of each statement would be noticed", { timeout: 600_000 }, async () => {
  const node = await scratchNode().open({ threads: 1 });
  const register = await manyStudies(node);
  const kept: string[][] = [];
  const samples = await heapSamples({ steps: 12, size: 1000, warm: 4 }, async (size) => {
    await register(size);
    kept.push(Array.from({ length: size }, (_, at) => `${kept.length} ${at} ${"x".repeat(64)}`.repeat(2)));
  });
  expect(kept).toHaveLength(12);
  expect(slopeOf(samples)).toBeGreaterThan(mostSlope(12_000));
});
