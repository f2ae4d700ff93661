import { expect, test } from "vitest";
import { ageBetween, momentAfter } from "./moment.ts";

test("a moment is written in the offset it was given in", () => {
  expect(momentAfter("2026-11-18T08:41:00+01:00", 0.25)).toEqual({
    date: "20261118",
    time: "084100.250000",
    offset: "+0100",
    iso: "2026-11-18T08:41:00+01:00",
  });
});

test("seconds carry over into the next day, and back", () => {
  expect(momentAfter("2026-12-31T23:59:30Z", 45).iso).toBe("2027-01-01T00:00:15+00:00");
  expect(momentAfter("2026-03-01T00:00:00-05:00", -1)).toMatchObject({ date: "20260228", offset: "-0500" });
});

test.each([
  "",
  "2026-11-18",
  "2026-11-18T08:41:00",
  "2026-13-18T08:41:00Z",
  "2026-02-30T08:41:00Z",
  "2026-11-18T25:00:00Z",
])("%j is no moment", (text) => {
  expect(() => momentAfter(text, 0)).toThrow(expect.objectContaining({ code: "START_UNFIT" }));
});

test("an age counts birthdays that have passed", () => {
  expect(ageBetween("19590203", "20261118")).toBe("067Y");
  expect(ageBetween("19591119", "20261118")).toBe("066Y");
});
