// The fortnight of the story: its days by number, the times of its hospital, and which days are for rest.
import { formatUtcTime } from "@fiducial/core";

/** The fortnight that begins at a moment. Day 0 is that of the beginning, day 13 yesterday, day 14 today. */
export interface Calendar {
  readonly beginsMs: number;
  readonly endsMs: number;
  /** The moment of a day and a time of it (HH:MM) as the hospital's clocks show it, in milliseconds since 1970. */
  at(day: number, time: string): number;
  isWeekend(day: number): boolean;
}

const msPerDay = 86_400_000;
const days = 14;

/** How far the hospital's clocks are ahead of UTC. */
const hospitalAheadMs = 3_600_000;

/** When a story begins that ends at `nowMs`. */
export function beginningOf(nowMs: number): number {
  return nowMs - days * msPerDay;
}

/** Returns the calendar of a story that begins at `beginsMs`. */
export function calendarOf(beginsMs: number): Calendar {
  const firstDay = Math.floor(beginsMs / msPerDay) * msPerDay;
  return {
    beginsMs,
    endsMs: beginsMs + days * msPerDay,
    at: (day, time) => firstDay + day * msPerDay + Date.parse(`1970-01-01T${time}:00Z`) - hospitalAheadMs,
    isWeekend: (day) => [0, 6].includes(new Date(firstDay + day * msPerDay).getUTCDay()),
  };
}

/** Writes a moment as the hospital's clocks show it: ISO 8601 with offset, as phantoms take it. */
export function hospitalTime(atMs: number): string {
  return formatUtcTime(atMs + hospitalAheadMs).replace(/\.\d+Z$/, "+01:00");
}
