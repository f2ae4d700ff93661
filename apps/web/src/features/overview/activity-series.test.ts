import { expect, test } from "vitest";
import { barsOf, shownSeries } from "./activity-series.ts";

const day = (date: string, applications: Record<string, number>, findings = 0) => ({
  day: date,
  applications: Object.entries(applications).map(([application, entries]) => ({ application, entries })),
  findings,
});

test("what has no series of its own is counted as other, and nothing is lost", () => {
  const [bar] = barsOf({ days: [day("2026-11-28", { imaging: 3, identity: 2, devices: 4, ai: 1 }, 2)] });
  expect(bar?.counts).toEqual({ imaging: 3, access: 0, reports: 0, ai: 1, consent: 0, other: 6 });
  expect(bar).toMatchObject({ total: 10, findings: 2 });
});

test("series keep their order, and those without entries are left out", () => {
  const bars = barsOf({ days: [day("2026-11-27", { identity: 1 }), day("2026-11-28", { access: 1, imaging: 1 })] });
  expect(shownSeries(bars)).toEqual(["imaging", "access", "other"]);
  expect(shownSeries(barsOf({ days: [day("2026-11-28", {})] }))).toEqual([]);
});
