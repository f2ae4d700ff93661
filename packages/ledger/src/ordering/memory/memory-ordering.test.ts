import { expect, test } from "vitest";
import type { OrderedBatch, Ordering } from "../port.ts";
import { memoryOrdering } from "./memory-ordering.ts";

async function take(ordering: Ordering, position: number, count: number): Promise<OrderedBatch[]> {
  const stop = new AbortController();
  const batches: OrderedBatch[] = [];
  for await (const batch of ordering.follow(position, stop.signal)) {
    batches.push(batch);
    if (batches.length === count) stop.abort();
  }
  return batches;
}

const one = [{ id: "1", bytes: new Uint8Array() }];

test("every follower sees the same, from any position, also what comes later", async () => {
  const ordering = memoryOrdering(() => 0);
  const early = take(ordering, 0, 3);
  await ordering.submit(one);
  await ordering.submit([]);
  await ordering.submit(one);
  const late = take(ordering, 1, 2);
  await ordering.submit(one);
  expect(await early).toEqual(ordering.batches);
  expect(await late).toEqual(ordering.batches.slice(1));
  expect(ordering.batches.map(({ position }) => position)).toEqual([1, 2, 3]);
});

test("times go on from the batches it was given", async () => {
  const given = [{ position: 1, recordedAt: "2026-11-18T12:00:00.000Z", statements: one }];
  const ordering = memoryOrdering(() => 0, given);
  await ordering.submit(one);
  expect(ordering.batches.map(({ recordedAt }) => recordedAt)).toEqual(Array(2).fill("2026-11-18T12:00:00.000Z"));
});

test("keeps what each replica reported", () => {
  const ordering = memoryOrdering(() => 0);
  const state = { size: 1, rootHash: new Uint8Array(32), stateDigest: new Uint8Array(32) };
  ordering.applied(1, state);
  ordering.applied(1, { ...state, size: 2 });
  expect(ordering.reports.get(1)?.map(({ size }) => size)).toEqual([1, 2]);
});
