import { expect, test } from "vitest";
import { wakeup } from "./wakeup.ts";

const settled = (promise: Promise<void>) =>
  Promise.race([promise.then(() => true), new Promise<boolean>((resolve) => setImmediate(resolve, false))]);

test("wakes everyone who waits, once", async () => {
  const { wake, next } = wakeup();
  const never = new AbortController().signal;
  const [a, b] = [next(never), next(never)];
  expect(await settled(a)).toBe(false);
  wake();
  expect([await settled(a), await settled(b), await settled(next(never))]).toEqual([true, true, false]);
});

test("lets go whoever is told to stop, before or while waiting, and leaves no listener behind", async () => {
  const { wake, next } = wakeup();
  const stop = new AbortController();
  const waiting = next(stop.signal);
  stop.abort();
  expect([await settled(waiting), await settled(next(stop.signal))]).toEqual([true, true]);
  wake();
});
