import { expect, test } from "vitest";
import { count, duration, grouped, moment, short, size } from "./figures.ts";

test.each([
  [0, "0 bytes"],
  [1, "1 byte"],
  [999, "999 bytes"],
  [1000, "1.0 kB"],
  [999_949, "999.9 kB"],
  [999_950, "1.0 MB"],
  [24_100_000, "24.1 MB"],
  [7_300_000_000, "7.3 GB"],
])("size %d is %s", (bytes, text) => {
  expect(size(bytes)).toBe(text);
});

test.each([
  [0, "0.0 s"],
  [9_949, "9.9 s"],
  [9_950, "10 s"],
  [59_400, "59 s"],
  [59_600, "1 min 0 s"],
  [200_000, "3 min 20 s"],
  [7_500_000, "2 h 5 min"],
])("duration %d is %s", (ms, text) => {
  expect(duration(ms)).toBe(text);
});

test("numbers are grouped, nouns counted, times cut to the second, digests to their beginning", () => {
  expect([grouped(999), grouped(1000), grouped(1_234_567)]).toEqual(["999", "1,000", "1,234,567"]);
  expect([count(1, "study", "studies"), count(1200, "object")]).toEqual(["1 study", "1,200 objects"]);
  expect(moment("2026-11-22T16:20:14.123Z")).toBe("2026-11-22 16:20:14 UTC");
  expect([short("ab".repeat(32)), short("abcd")]).toEqual([`${"ab".repeat(8)}…`, "abcd"]);
});
