import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatUtcTime, offsetTimeMs, utcTimeMs } from "./time.ts";

const years0001to9999 = {
  min: new Date("0001-01-01T00:00:00.000Z"),
  max: new Date("9999-12-31T23:59:59.999Z"),
  noInvalidDate: true,
};

describe("times", () => {
  test("agree with the platform's calendar on every instant", () => {
    fc.assert(
      fc.property(fc.date(years0001to9999), (date) => {
        expect(formatUtcTime(date.getTime())).toBe(date.toISOString());
        expect(utcTimeMs(date.toISOString())).toBe(date.getTime());
      }),
    );
  });

  test.each([
    ["2026-02-29T00:00:00.000Z", "no such day"],
    ["2026-11-18T24:00:00.000Z", "no such hour"],
    ["2026-11-18T08:44:60.000Z", "leap seconds are not told apart"],
    ["2026-11-18T08:44:09Z", "milliseconds missing"],
    ["2026-11-18T08:44:09.214-00:00", "another spelling of an unknown offset"],
    ["2026-11-18T08:44:09.214+14:01", "no such offset"],
    ["2026-11-18t08:44:09.214Z", "lower case"],
  ])("%s is refused: %s", (text) => {
    expect(offsetTimeMs(text)).toBeUndefined();
  });

  test("an offset is applied", () => {
    expect(offsetTimeMs("2026-11-18T09:44:09.214+01:00")).toEqual(offsetTimeMs("2026-11-18T08:44:09.214Z"));
  });

  test("an unknown offset means a span that holds every offset in use", () => {
    const span = offsetTimeMs("2026-11-18T12:00:00.000");
    expect(span?.earliest).toBe(Date.parse("2026-11-18T12:00:00.000+14:00"));
    expect(span?.latest).toBe(Date.parse("2026-11-18T12:00:00.000-12:00"));
  });

  test("a time with an offset is no UTC time", () => {
    expect(utcTimeMs("2026-11-18T09:44:09.214+01:00")).toBeUndefined();
  });
});
