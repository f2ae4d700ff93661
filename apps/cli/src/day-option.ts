// A day as an option gives it: of the Gregorian calendar, in UTC.
import { CliError } from "./cli-error.ts";

/** Returns the day. Throws USAGE for what is none. */
export function dayIn(day: string, option: string): string {
  const date = new Date(`${day}T00:00:00.000Z`);
  // A day that its month does not have becomes one of the next.
  const isDay = !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day) && day.length === 10;
  if (!isDay) throw new CliError("USAGE", { problem: `${option} takes a day as YYYY-MM-DD.` });
  return day;
}
