// What the activity chart stacks: at most six series, in an order and with colours that never change.
import type { Activity } from "@fiducial/api";

/** The series, from the foot of a bar to its head. Applications that have no series of their own are `other`. */
export const activitySeries = ["imaging", "access", "reports", "ai", "consent", "other"] as const;
export type ActivitySeries = (typeof activitySeries)[number];

/** One day's bar. */
export interface ActivityBar {
  /** ISO 8601 calendar date, UTC. */
  readonly day: string;
  readonly counts: Readonly<Record<ActivitySeries, number>>;
  readonly total: number;
  readonly findings: number;
}

/** Sorts a node's counts into bars. */
export function barsOf({ days }: Activity): ActivityBar[] {
  return days.map(({ day, applications, findings }) => {
    const counts: Record<ActivitySeries, number> = { imaging: 0, access: 0, reports: 0, ai: 0, consent: 0, other: 0 };
    for (const { application, entries } of applications) counts[seriesOf(application)] += entries;
    return { day, counts, total: Object.values(counts).reduce((sum, count) => sum + count, 0), findings };
  });
}

/** The series that have something to show, in their order. */
export function shownSeries(bars: readonly ActivityBar[]): ActivitySeries[] {
  return activitySeries.filter((series) => bars.some(({ counts }) => counts[series] > 0));
}

function seriesOf(application: string): ActivitySeries {
  return activitySeries.find((series) => series === application) ?? "other";
}
