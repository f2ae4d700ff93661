import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { exampleSchedule, type RetentionFacts, type RetentionRule, retentionEnd } from "./retention.ts";

const facts: RetentionFacts = {
  modalities: ["CT"],
  reasons: [],
  dates: { acquired: "2026-03-15", birth: "1970-05-05" },
};
const rule = (years: number, more: Partial<RetentionRule> = {}): RetentionRule => ({
  name: `${years} years`,
  years,
  fromDate: "acquired",
  ...more,
});

test("the longest rule that applies holds", () => {
  const schedule = [
    rule(10),
    rule(30, { reason: "treatment" }),
    rule(20, { modality: "CT" }),
    rule(25, { modality: "MG" }),
  ];
  expect(retentionEnd(schedule, facts)).toEqual({ date: "2046-03-15", rule: "20 years" });
  expect(retentionEnd(schedule, { ...facts, reasons: ["treatment"] })).toEqual({
    date: "2056-03-15",
    rule: "30 years",
  });
  expect(retentionEnd(schedule, { ...facts, modalities: ["MR", "MG"] })).toEqual({
    date: "2051-03-15",
    rule: "25 years",
  });
});

test("a rule needs all its conditions", () => {
  const schedule = [rule(1), rule(9, { modality: "CT", reason: "trial" })];
  expect(retentionEnd(schedule, facts)).toMatchObject({ date: "2027-03-15" });
  expect(retentionEnd(schedule, { ...facts, reasons: ["trial"] })).toMatchObject({ date: "2035-03-15" });
});

test("a date that is not known, or no rule at all, lets nothing be destroyed", () => {
  expect(retentionEnd([rule(1), rule(1, { fromDate: "trialEnd" })], facts)).toEqual({
    date: undefined,
    missing: ["trialEnd"],
  });
  expect(retentionEnd([rule(1, { modality: "MG" })], facts)).toEqual({ date: undefined, missing: [] });
});

test("29 February goes on to 1 March where there is none", () => {
  const leapling = { ...facts, dates: { acquired: "2024-02-29" } };
  expect(retentionEnd([rule(4)], leapling)).toMatchObject({ date: "2028-02-29" });
  expect(retentionEnd([rule(5)], leapling)).toMatchObject({ date: "2029-03-01" });
  expect(retentionEnd([rule(76)], leapling)).toMatchObject({ date: "2100-03-01" });
});

test("the end is the day that the calendar gives, as far as dates go", () => {
  fc.assert(
    fc.property(
      fc.date({ min: new Date("1900-01-01"), max: new Date("2100-12-31"), noInvalidDate: true }),
      fc.integer({ min: 0, max: 100 }),
      (day, years) => {
        const calendar = new Date(day);
        calendar.setUTCFullYear(calendar.getUTCFullYear() + years);
        const iso = (date: Date) => date.toISOString().slice(0, 10);
        const end = retentionEnd([rule(years)], { ...facts, dates: { acquired: iso(day) } });
        expect(end.date).toBe(iso(calendar));
      },
    ),
  );
});

test.each(["2026-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "26-01-01", "20260101", ""])(
  "%o is no date",
  (acquired) => {
    expect(() => retentionEnd([rule(1)], { ...facts, dates: { acquired } })).toThrow(RangeError);
  },
);

describe("the example schedule", () => {
  test("keeps a grown-up's examination for ten years and a child's until the 28th birthday", () => {
    expect(retentionEnd(exampleSchedule, facts).date).toBe("2036-03-15");
    const child = { ...facts, dates: { acquired: "2026-03-15", birth: "2020-05-05" } };
    expect(retentionEnd(exampleSchedule, child).date).toBe("2048-05-05");
  });

  test("asks for the birth date before anything is destroyed", () => {
    const unknown = { ...facts, dates: { acquired: "2026-03-15" } };
    expect(retentionEnd(exampleSchedule, unknown)).toEqual({ date: undefined, missing: ["birth"] });
  });
});
