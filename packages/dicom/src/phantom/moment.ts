// Dates and times as DICOM writes them, counted from an argument and never from a clock. DICOM PS3.5 § 6.2 (DA, DT, TM), PS3.3 § C.12.1.1.8.
import { PhantomError } from "./phantom-error.ts";

/** One moment, in local time with its offset from UTC. */
export interface Moment {
  /** YYYYMMDD */
  readonly date: string;
  /** HHMMSS.FFFFFF */
  readonly time: string;
  /** ±HHMM */
  readonly offset: string;
  /** ISO 8601 with offset, seconds. */
  readonly iso: string;
}

const pattern = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d+)?(Z|[+-]\d\d:\d\d)$/;

/** Returns the moment `seconds` after `startedAt` (ISO 8601 with an offset), in the same offset. Throws START_UNFIT. */
export function momentAfter(startedAt: string, seconds: number): Moment {
  const [, year, month, day, hour, minute, second, zone] = pattern.exec(startedAt) ?? [];
  if (zone === undefined) throw new PhantomError("START_UNFIT");
  const start = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
  if (!Number.isFinite(start) || new Date(start).toISOString().slice(0, 19) !== startedAt.slice(0, 19))
    throw new PhantomError("START_UNFIT");
  const text = new Date(start + Math.round(seconds * 1000)).toISOString();
  const offset = zone === "Z" ? "+00:00" : zone;
  return {
    date: text.slice(0, 10).replaceAll("-", ""),
    time: `${text.slice(11, 19).replaceAll(":", "")}.${text.slice(20, 23)}000`,
    offset: offset.replace(":", ""),
    iso: `${text.slice(0, 19)}${offset}`,
  };
}

/** Returns how many whole years lie between two dates (YYYYMMDD), as an age string such as 067Y. */
export function ageBetween(birth: string, date: string): string {
  const years = Math.floor((Number(date) - Number(birth)) / 10000);
  return `${String(years).padStart(3, "0")}Y`;
}
