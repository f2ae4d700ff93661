// Dates and times of DICOM as one time with its offset from UTC, which stays unknown when DICOM gives none. DICOM PS3.5 § 6.2 (DA, TM, DT).
import { type OffsetTime, offsetTimeMs } from "@fiducial/core";

const datePattern = /^(\d{4})\.?(\d\d)\.?(\d\d)$/;
const timePattern = /^(\d\d):?(?:(\d\d):?(?:(\d\d)(?:\.(\d{1,6}))?)?)?$/;
const dateTimePattern = /^(\d{8})(\d{2,6}(?:\.\d{1,6})?)([+-]\d{4})?$/;
const offsetPattern = /^([+-]\d\d)(\d\d)$/;

/** Joins a date (DA), a time (TM) and Timezone Offset From UTC (0008,0201); undefined when date or time are missing or no such time exists. Lower digits left out are 0. */
export function offsetTime(
  date: string | undefined,
  time: string | undefined,
  offset: string | undefined,
): OffsetTime | undefined {
  const [, year, month, day] = datePattern.exec(date ?? "") ?? [];
  const [, hour, minute = "00", second = "00", fraction = ""] = timePattern.exec(time ?? "") ?? [];
  if (year === undefined || hour === undefined) return undefined;
  // A leap second is written as the last one before it: the ledger's times have none.
  const clock = `${hour}:${minute}:${second === "60" ? "59" : second}.${fraction.slice(0, 3).padEnd(3, "0")}`;
  const [, hours, minutes] = offsetPattern.exec(offset ?? "") ?? [];
  const zone = hours === undefined ? "" : `${hours}:${minutes}`;
  const text = `${year}-${month}-${day}T${clock}${zone}`;
  return offsetTimeMs(text) === undefined ? undefined : text;
}

/** Reads a date-time (DT), which may carry its own offset; else `offset` counts. Undefined when it has no hour or no such time exists. */
export function offsetTimeOfDateTime(dateTime: string | undefined, offset: string | undefined): OffsetTime | undefined {
  const [, date, time, own] = dateTimePattern.exec(dateTime ?? "") ?? [];
  return offsetTime(date, time, own ?? offset);
}
