// Matching by every kind of value. DICOM PS3.4 § C.2.2.2.
import type { JsonValue } from "@fiducial/dicom/dicomweb";
import fc from "fast-check";
import { expect, test } from "vitest";
import { matches, matchesWildcards } from "./matching.ts";

test.each<[string, JsonValue, string, boolean]>([
  ["UI", "1.2.3", "1.2.3", true],
  ["UI", "1.2.3", "1.2.*", false],
  ["LO", "One Two", "One*", true],
  ["LO", "One Two", "one*", false],
  ["SH", "A?", "A?", true],
  ["DA", "20260102", "20260102", true],
  ["DA", "20260102", "20260101-20260103", true],
  ["DA", "20260102", "20260102-", true],
  ["DA", "20260102", "-20260101", false],
  ["DA", "2026.01.02", "20260102", true],
  ["TM", "101530.5", "1015", true],
  ["TM", "101530.5", "1000-1015", true],
  ["TM", "101530.5", "1016-", false],
  ["PN", { Alphabetic: "Bergström^Anneliese" }, "BERGSTRÖM^ANNE*", true],
  ["PN", { Alphabetic: "Yamada^Tarou", Ideographic: "山田^太郎" }, "山田*", true],
  ["PN", { Alphabetic: "Yamada^Tarou", Ideographic: "山田^太郎" }, "Yamada^Tarou=山田^太郎", true],
  ["PN", { Alphabetic: "Coe^Zoe" }, "Coe", false],
  ["IS", 7, "07", true],
  ["IS", 7, "8", false],
  ["US", 16, "16", true],
])("%s %j: %s is %s", (vr, value, asked, expected) => {
  expect(matches({ vr, Value: [value] }, [asked])).toBe(expected);
  expect(matches({ vr, Value: [value] }, ["nothing", asked])).toBe(expected);
  expect(matches({ vr }, [asked])).toBe(false);
  expect(matches(undefined, [asked])).toBe(false);
});

test("wildcards match as a regular expression would", () => {
  const text = fc.string({ unit: fc.constantFrom("a", "b", "."), maxLength: 12 });
  const pattern = fc.string({ unit: fc.constantFrom("a", "b", ".", "*", "?"), maxLength: 8 });
  fc.assert(
    fc.property(text, pattern, (one, other) => {
      const expression = other.replaceAll(".", "\\.").replaceAll("*", ".*").replaceAll("?", ".");
      expect(matchesWildcards(one, other)).toBe(new RegExp(`^${expression}$`).test(one));
    }),
    { numRuns: 5000 },
  );
});

test("wildcards cost no more than both lengths", () => {
  const started = performance.now();
  expect(matchesWildcards("a".repeat(100_000), `${"a*".repeat(100)}b`)).toBe(false);
  expect(performance.now() - started).toBeLessThan(5000);
});
