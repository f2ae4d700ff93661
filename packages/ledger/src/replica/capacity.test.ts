import { expect, test } from "vitest";
import { capacity } from "./capacity.ts";

async function settled(promise: Promise<unknown>): Promise<boolean> {
  return Promise.race([
    promise.then(() => true),
    new Promise<boolean>((resolve) => setImmediate(() => resolve(false))),
  ]);
}

test("lets in as many as there are places, and the next when one leaves", async () => {
  const room = capacity(2);
  const first = await room.take(1);
  await room.take(1);
  const third = room.take(1);
  expect(await settled(third)).toBe(false);
  first();
  first();
  expect(await settled(third)).toBe(true);
  expect(await settled(room.take(1))).toBe(false);
});

test("lets in a crowd larger than the room once it is empty, and nobody overtakes it", async () => {
  const room = capacity(2);
  const one = await room.take(1);
  const crowd = room.take(5);
  const late = room.take(1);
  expect([await settled(crowd), await settled(late)]).toEqual([false, false]);
  one();
  expect([await settled(crowd), await settled(late)]).toEqual([true, false]);
  (await crowd)();
  expect(await settled(late)).toBe(true);
});
