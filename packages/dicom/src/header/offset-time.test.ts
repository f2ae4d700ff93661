// Dates and times of DICOM as times of the ledger.
import { offsetTimeMs } from "@fiducial/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { offsetTime, offsetTimeOfDateTime } from "./offset-time.ts";

describe("a date and a time", () => {
  it.each([
    ["20261118", "094409.214", "+0100", "2026-11-18T09:44:09.214+01:00"],
    ["20261118", "094409.214999", undefined, "2026-11-18T09:44:09.214"],
    ["20261118", "094409.2", "", "2026-11-18T09:44:09.200"],
    ["20261118", "0944", "-0530", "2026-11-18T09:44:00.000-05:30"],
    ["20261118", "09", undefined, "2026-11-18T09:00:00.000"],
    ["2026.11.18", "09:44:09", undefined, "2026-11-18T09:44:09.000"],
    ["20261231", "235960", "+0000", "2026-12-31T23:59:59.000+00:00"],
    ["20261118", "094409", "1", "2026-11-18T09:44:09.000"],
  ])("%s %s %s", (date, time, offset, expected) => {
    expect(offsetTime(date, time, offset)).toBe(expected);
  });

  it.each([
    ["20261118", undefined],
    [undefined, "094409"],
    ["20261318", "094409"],
    ["20260229", "094409"],
    ["20261118", "2544"],
    ["20261118", "0960"],
    ["20261118", "9:44"],
    ["18.11.2026", "0944"],
    ["20261118-20261119", "0944"],
  ])("%s %s is none", (date, time) => {
    expect(offsetTime(date, time, undefined)).toBeUndefined();
  });

  it.each(["+2500", "-1500"])("with the impossible offset %s is none", (offset) => {
    expect(offsetTime("20261118", "0944", offset)).toBeUndefined();
  });
});

describe("a date-time", () => {
  it.each([
    ["20261118094409.214000+0100", "-0500", "2026-11-18T09:44:09.214+01:00"],
    ["20261118094409", "-0500", "2026-11-18T09:44:09.000-05:00"],
    ["2026111809", undefined, "2026-11-18T09:00:00.000"],
  ])("%s", (dateTime, offset, expected) => {
    expect(offsetTimeOfDateTime(dateTime, offset)).toBe(expected);
  });

  it.each(["2026", "202611", "20261118", "", undefined, "x"])("%s is none", (dateTime) => {
    expect(offsetTimeOfDateTime(dateTime, undefined)).toBeUndefined();
  });
});

it("gives what the ledger takes, or nothing", () => {
  const digits = fc.string({ unit: fc.constantFrom(..."0123456789:.+-"), maxLength: 14 });
  fc.assert(
    fc.property(digits, digits, digits, (date, time, offset) => {
      for (const text of [offsetTime(date, time, offset), offsetTimeOfDateTime(date + time, offset)]) {
        if (text !== undefined) expect(offsetTimeMs(text)).toBeDefined();
      }
    }),
    { numRuns: 1000 },
  );
});
