import { DatabaseSync } from "node:sqlite";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fingerprint52, openKeyIndex } from "./key-index.ts";

function pseudoKeys(count: number, seed: number): number[] {
  let state = seed;
  return Array.from({ length: count }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const high = state;
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (high >>> 12) * 0x1_0000_0000 + state;
  });
}

describe("key index", () => {
  test("finds every key after runs, merges and a reopening, and no absent key", () => {
    const database = new DatabaseSync(":memory:");
    const index = openKeyIndex(database, "sample");
    const keys = pseudoKeys(600_000, 1);
    for (const [row, key] of keys.entries()) {
      index.add(key, row);
      if (row % 1000 === 999) index.flush();
    }
    const again = openKeyIndex(database, "sample");
    for (const [row, key] of keys.entries()) {
      if (row % 997 !== 0) continue;
      expect(index.candidates(key)).toContain(row);
      expect(again.candidates(key)).toContain(row);
    }
    for (const key of pseudoKeys(1000, 7)) expect(again.candidates(key)).toEqual([]);
  });

  test("keeps every row of equal keys", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 50 }), (keys) => {
        const index = openKeyIndex(new DatabaseSync(":memory:"), "sample");
        for (const [row, key] of keys.entries()) index.add(key, row);
        index.flush();
        for (let key = 0; key <= 5; key++)
          expect([...index.candidates(key)].sort((a, b) => a - b)).toEqual(
            keys.flatMap((k, row) => (k === key ? [row] : [])),
          );
      }),
    );
  });

  test("forgets what a rollback took back", () => {
    const database = new DatabaseSync(":memory:");
    const index = openKeyIndex(database, "sample");
    index.add(1, 1);
    index.flush();
    database.exec("BEGIN");
    index.add(2, 2);
    index.flush();
    database.exec("ROLLBACK");
    index.reload();
    expect([index.candidates(1), index.candidates(2)]).toEqual([[1], []]);
  });

  test("takes the first 52 bits of a digest", () => {
    expect(fingerprint52(Uint8Array.of(0x12, 0x34, 0x56, 0x78, 0x9a, 0xbc, 0xde, 0xff))).toBe(0x123456789abcd);
    expect(fingerprint52(new Uint8Array(32).fill(255))).toBe(2 ** 52 - 1);
  });
});
