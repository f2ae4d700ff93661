// How much each application recorded, day by day: the chart of the overview.
import type { Activity, ActivityQuery, DayActivity } from "@fiducial/api";
import type { OpenNode } from "../compose.ts";

const msPerDay = 86_400_000;
const fortnight = 14;

/** The last days up to `nowMs`, whole UTC days, today's so far. */
export function activity(node: OpenNode, { days = fortnight }: ActivityQuery, nowMs: number = Date.now()): Activity {
  const today = Math.floor(nowMs / msPerDay) * msPerDay;
  const from = today - (days - 1) * msPerDay;
  const recorded = Map.groupBy(node.projection.log.perDay(from), ({ day }) => day);
  return {
    days: Array.from({ length: days }, (_, at): DayActivity => {
      const day = from + at * msPerDay;
      const applications = recorded.get(day) ?? [];
      return {
        day: new Date(day).toISOString().slice(0, 10),
        applications: applications.map(({ application, entries }) => ({ application, entries })),
        findings: applications.reduce((sum, { findings }) => sum + findings, 0),
      };
    }),
  };
}
