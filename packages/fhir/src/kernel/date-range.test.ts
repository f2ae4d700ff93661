import fc from "fast-check";
import { expect, test } from "vitest";
import { isWithin, soughtDate, spanOf } from "./date-range.ts";

const day = (text: string) => Date.parse(text);

test.each([
  ["2026", "2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z"],
  ["2026-02", "2026-02-01T00:00:00Z", "2026-03-01T00:00:00Z"],
  ["2026-12", "2026-12-01T00:00:00Z", "2027-01-01T00:00:00Z"],
  ["2024-02-29", "2024-02-29T00:00:00Z", "2024-03-01T00:00:00Z"],
  ["2026-02-03T04:05", "2026-02-03T04:05:00Z", "2026-02-03T04:06:00Z"],
  ["2026-02-03T04:05:06", "2026-02-03T04:05:06Z", "2026-02-03T04:05:07Z"],
  ["2026-02-03T04:05:06.7", "2026-02-03T04:05:06.700Z", "2026-02-03T04:05:06.800Z"],
  ["2026-02-03T04:05:06.789+01:00", "2026-02-03T03:05:06.789Z", "2026-02-03T03:05:06.790Z"],
  ["2026-02-03T04:05:06+00:00", "2026-02-03T04:05:06Z", "2026-02-03T04:05:07Z"],
])("%s stands for every instant that it may mean", (text, from, to) => {
  expect(soughtDate(text)).toEqual({ prefix: "eq", from: day(from), to: day(to) });
  expect(soughtDate(`ge${text}`)).toEqual({ prefix: "ge", from: day(from), to: day(to) });
});

test.each([
  "",
  "ge",
  "ap2026",
  "20260101",
  "2026-13",
  "2026-02-30",
  "2026-01-01T25:00",
  "2026-01-01 ",
  "9999999",
  "xx2026",
])("'%s' is no date", (text) => expect(soughtDate(text)).toBeUndefined());

test("no text makes the reading fail", () => {
  fc.assert(fc.property(fc.string({ maxLength: 40 }), (text) => typeof soughtDate(text) !== "string"));
});

test("a time with an offset is an instant, without one the day that is shown", () => {
  expect(spanOf("2026-02-03T04:05:06.789+01:00")).toEqual({
    from: day("2026-02-03T03:05:06.789Z"),
    to: day("2026-02-03T03:05:06.790Z"),
  });
  expect(spanOf("2026-02-03T04:05:06.789")).toEqual({
    from: day("2026-02-03T00:00:00Z"),
    to: day("2026-02-04T00:00:00Z"),
  });
  expect(spanOf("2026")).toBeUndefined();
});

// The table of R4 § 3.1.1.4.8 by an oracle over instants: a span is every whole number in it.
test("prefixes mean what the standard's table says", () => {
  const spans = fc.tuple(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 1, max: 5 }));
  fc.assert(
    fc.property(spans, spans, ([from, width], [low, breadth]) => {
      const target = Array.from({ length: width }, (_, at) => from + at);
      const sought = Array.from({ length: breadth }, (_, at) => low + at);
      const top = Math.max(...sought);
      const bottom = Math.min(...sought);
      const isInside = target.every((one) => sought.includes(one));
      const expected = {
        eq: isInside,
        ne: !isInside,
        gt: target.some((one) => one > top),
        lt: target.some((one) => one < bottom),
        ge: target.some((one) => one > top) || isInside,
        le: target.some((one) => one < bottom) || isInside,
        sa: target.every((one) => one > top),
        eb: target.every((one) => one < bottom),
      };
      for (const [prefix, holds] of Object.entries(expected)) {
        const asked = { prefix: prefix as keyof typeof expected, from: low, to: low + breadth };
        expect([prefix, isWithin({ from, to: from + width }, asked)]).toEqual([prefix, holds]);
      }
    }),
  );
});
