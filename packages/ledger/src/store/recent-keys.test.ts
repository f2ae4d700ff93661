import fc from "fast-check";
import { expect, test } from "vitest";
import { recentKeys } from "./recent-keys.ts";

const pairs = fc.array(fc.tuple(fc.oneof(fc.nat(6), fc.nat(2 ** 31), fc.constant(2 ** 52 - 1)), fc.nat(1000)), {
  maxLength: 3000,
});

test("has every row under its key, and sorts them", () => {
  fc.assert(
    fc.property(pairs, (given) => {
      const table = recentKeys();
      for (const [key, row] of given) table.add(key, row);
      expect(table.count).toBe(given.length);
      for (const [key] of given.slice(0, 20))
        expect(table.rows(key).sort((a, b) => a - b)).toEqual(
          given.flatMap(([other, row]) => (other === key ? [row] : [])).sort((a, b) => a - b),
        );
      expect(table.rows(2 ** 40)).toEqual([]);
      const sorted = [...given].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
      const { keys, rows } = table.sorted();
      expect([[...keys], [...rows]]).toEqual([sorted.map(([key]) => key), sorted.map(([, row]) => row)]);
    }),
    { numRuns: 40 },
  );
});
