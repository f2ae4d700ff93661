import { expect, test } from "vitest";
import type { OrderedBatch, Ordering, SignedStatement } from "../port.ts";
import { largestBatch, localOrdering } from "./local-ordering.ts";

const statements = (count: number, name = "s"): SignedStatement[] =>
  Array.from({ length: count }, (_, number) => ({ id: `${name}${number}`, bytes: new Uint8Array() }));

async function take(ordering: Ordering, count: number, position = 0): Promise<OrderedBatch[]> {
  const stop = new AbortController();
  const batches: OrderedBatch[] = [];
  for await (const batch of ordering.follow(position, stop.signal)) {
    batches.push(batch);
    if (batches.length === count) stop.abort();
  }
  return batches;
}

test("what comes together is one batch, up to the largest, and nothing overtakes", async () => {
  const ordering = localOrdering(() => 5000, { recordedAtMs: 0 });
  const done = Promise.all([
    ordering.submit(statements(600, "a")),
    ordering.submit(statements(600, "b")),
    ordering.submit(statements(largestBatch + 1, "c")),
    ordering.submit([]),
  ]);
  const batches = await take(ordering, 4, 7);
  await done;
  expect(batches.map(({ position }) => position)).toEqual([8, 9, 10, 11]);
  expect(batches.map((batch) => batch.statements.length)).toEqual([600, 600, largestBatch, 1]);
  expect(batches.flatMap((batch) => batch.statements.map(({ id }) => id))).toEqual(
    [...statements(600, "a"), ...statements(600, "b"), ...statements(largestBatch + 1, "c")].map(({ id }) => id),
  );
});

test("times never go back: not behind the clock's, nor behind what was recorded before", async () => {
  const times = [2000, 1000, 3000];
  const ordering = localOrdering(() => times.shift() as number, { recordedAtMs: 1500 });
  const recorded: string[] = [];
  for (let position = 0; position < 3; position++) {
    const submitted = ordering.submit(statements(1));
    recorded.push(...(await take(ordering, 1, position)).map(({ recordedAt }) => recordedAt));
    await submitted;
  }
  expect(recorded).toEqual(["1970-01-01T00:00:02.000Z", "1970-01-01T00:00:02.000Z", "1970-01-01T00:00:03.000Z"]);
});

test("a follower that is told to stop stops, waiting or not", async () => {
  const ordering = localOrdering(() => 0, { recordedAtMs: 0 });
  const stop = new AbortController();
  const next = ordering.follow(0, stop.signal)[Symbol.asyncIterator]().next();
  stop.abort();
  expect((await next).done).toBe(true);
  expect((await ordering.follow(0, stop.signal)[Symbol.asyncIterator]().next()).done).toBe(true);
});
