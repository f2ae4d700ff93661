import fc from "fast-check";
import { expect, test } from "vitest";
import { recentValues } from "./recent-values.ts";

test("has what was used last, and nothing else than was put in", () => {
  const use = fc.record({ key: fc.constantFrom("a", "b", "c", "d", "e", "f"), value: fc.option(fc.nat()) });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 4 }), fc.array(use, { maxLength: 40 }), (most, uses) => {
      const kept = recentValues<number>(most);
      const model = new Map<string, number>();
      for (const { key, value } of uses) {
        const before = model.get(key);
        const found = kept.get(key);
        if ([...model.keys()].slice(-most).includes(key)) expect(found).toBe(before);
        else expect([undefined, before]).toContain(found);
        const now = value ?? found;
        if (value !== null) kept.set(key, value);
        if (now === undefined) continue;
        model.delete(key);
        model.set(key, now);
      }
    }),
  );
});

test("forgets", () => {
  const kept = recentValues<number>(10);
  for (let number = 0; number < 100; number++) kept.set(String(number), number);
  expect(kept.get("0")).toBeUndefined();
});
