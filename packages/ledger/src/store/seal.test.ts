// A byte that was changed while no program had the ledger open, where nothing lies that the ledger says: known until somebody has looked into it.
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { plainBatch } from "../conformance/plain-entries.ts";
import { scratchFolder } from "../conformance/scratch-folder.ts";
import { differencePath } from "./seal.ts";
import { openStore, type Store, type StoreOptions } from "./store.ts";

let entries = 0;
const write = (store: Store) => store.commit(plainBatch(store, [entries++]));

/** A closed ledger with something in it. */
function closedLedger(): string {
  const path = join(scratchFolder(), "ledger.db");
  entries = 0;
  at(path, write);
  return path;
}

function at<Result>(path: string, work: (store: Store) => Result, options?: StoreOptions): Result {
  const store = openStore(path, options);
  try {
    return work(store);
  } finally {
    store.close();
  }
}

/** Changes a byte in the room that a page has for nothing. */
function changeUnusedByte(path: string): void {
  const bytes = readFileSync(path);
  const room = bytes.indexOf(Buffer.alloc(1000));
  expect(room).toBeGreaterThan(0);
  writeFileSync(path, bytes.with(room + 500, 1));
}

const known = (store: Store) => [store.fileDiffers(), store.isKnownToDiffer()];

test("is still known when the ledger has been written to and closed, however often, until the record of it is taken away", () => {
  const path = closedLedger();
  changeUnusedByte(path);
  at(path, write);
  for (let again = 0; again < 2; again++) {
    expect(at(path, known)).toEqual([true, true]);
    at(path, write);
  }
  rmSync(differencePath(path));
  expect(at(path, known)).toEqual([false, false]);
});

test("is known when something was moved into the file while it was open", () => {
  const path = closedLedger();
  changeUnusedByte(path);
  const store = openStore(path, { settleAfterBytes: 1 });
  for (let count = 0; count < 3; count++) write(store);
  expect(known(store)).toEqual([true, true]);
  store.close();
});

test("is found without waiting, and recorded no later than the seal goes", async () => {
  const path = closedLedger();
  changeUnusedByte(path);
  const store = openStore(path);
  expect(store.isKnownToDiffer()).toBe(false);
  expect(await store.checkSeal()).toBe(true);
  expect(store.isKnownToDiffer()).toBe(true);
  // As long as the seal is there it tells by itself: the file may be put right again.
  expect(existsSync(differencePath(path))).toBe(false);
  write(store);
  expect([existsSync(`${path}.seal`), existsSync(differencePath(path))]).toEqual([false, true]);
  store.close();
});

test.each([1, 1 << 26])("is found while others write (moving every %d bytes)", async (settleAfterBytes) => {
  const path = closedLedger();
  changeUnusedByte(path);
  const store = openStore(path, { settleAfterBytes });
  const checking = store.checkSeal();
  for (let count = 0; count < 3; count++) write(store);
  expect(await checking).toBe(true);
  expect(existsSync(differencePath(path))).toBe(true);
  store.close();
});

test("a file that nobody changed is never said to differ", async () => {
  const path = closedLedger();
  for (const settleAfterBytes of [1, 1 << 26]) {
    const store = openStore(path, { settleAfterBytes });
    const checking = store.checkSeal();
    for (let count = 0; count < 3; count++) write(store);
    expect(await checking).toBe(false);
    expect(await store.checkSeal()).toBe(false);
    store.close();
  }
  expect(at(path, known)).toEqual([false, false]);
  expect(existsSync(differencePath(path))).toBe(false);
});

test("who is told to stop looking stops", async () => {
  const path = closedLedger();
  const store = openStore(path);
  await expect(store.checkSeal(AbortSignal.abort())).rejects.toThrow();
  store.close();
});
