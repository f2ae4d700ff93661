// The three times of a statement as text and as milliseconds since 1970, by integer arithmetic: no clock, no locale. RFC 3339.

/** A UTC time with milliseconds, in one form only: `2026-11-18T08:44:09.214Z`. */
export type UtcTime = string;

/**
 * When something happened, with milliseconds and its own UTC offset: `2026-11-18T09:44:09.214+01:00`, or with `Z`.
 * Without an offset (`2026-11-18T09:44:09.214`) the offset is unknown, as DICOM often leaves it.
 */
export type OffsetTime = string;

const msPerMinute = 60_000;
const msPerDay = 86_400_000;
const widestOffsetMinutes = 14 * 60;

/** Reads a `UtcTime` as milliseconds since 1970, or returns undefined when the text is not one. */
export function utcTimeMs(text: string): number | undefined {
  return text.endsWith("Z") ? offsetTimeMs(text)?.earliest : undefined;
}

/** Reads an `OffsetTime` as the span of instants it may mean: one instant, or 26 hours when the offset is unknown. */
export function offsetTimeMs(text: string): { earliest: number; latest: number } | undefined {
  if (text.length < 23 || text.length > 29 || !hasMarks(text)) return undefined;
  const [year, month, day] = [digits(text, 0, 4), digits(text, 5, 2), digits(text, 8, 2)];
  const [hour, minute, second, ms] = [
    digits(text, 11, 2),
    digits(text, 14, 2),
    digits(text, 17, 2),
    digits(text, 20, 3),
  ];
  // No comparison holds for what is not made of digits.
  const isDate = year >= 0 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
  if (!isDate || !(hour <= 23 && minute <= 59 && second <= 59 && ms >= 0)) return undefined;
  const local = daysSince1970(year, month, day) * msPerDay + ((hour * 60 + minute) * 60 + second) * 1000 + ms;
  if (text.length === 23)
    return { earliest: local - widestOffsetMinutes * msPerMinute, latest: local + 12 * 60 * msPerMinute };
  const minutes = offsetMinutes(text);
  return minutes === undefined
    ? undefined
    : { earliest: local - minutes * msPerMinute, latest: local - minutes * msPerMinute };
}

/** Writes milliseconds since 1970 as a `UtcTime`. The year is 0000 to 9999. */
export function formatUtcTime(ms: number): UtcTime {
  const { year, month, day } = civilDate(Math.floor(ms / msPerDay));
  const rest = ms - Math.floor(ms / msPerDay) * msPerDay;
  const seconds = Math.floor(rest / 1000);
  const clock = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
    .map((part) => pad(part, 2))
    .join(":");
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}T${clock}.${pad(rest % 1000, 3)}Z`;
}

function hasMarks(text: string): boolean {
  return (
    text[4] === "-" && text[7] === "-" && text[10] === "T" && text[13] === ":" && text[16] === ":" && text[19] === "."
  );
}

// The number that `count` digits from `from` on make, or NaN.
function digits(text: string, from: number, count: number): number {
  let value = 0;
  for (let at = from; at < from + count; at++) {
    const digit = text.charCodeAt(at) - 48;
    if (!(digit >= 0 && digit <= 9)) return Number.NaN;
    value = 10 * value + digit;
  }
  return value;
}

// The offset that stands behind the milliseconds: Z, or hours and minutes with a sign.
function offsetMinutes(text: string): number | undefined {
  const sign = text[23];
  if (sign === "Z" && text.length === 24) return 0;
  if (text.length !== 29 || (sign !== "+" && sign !== "-") || text[26] !== ":") return undefined;
  const minutes = digits(text, 27, 2);
  const total = digits(text, 24, 2) * 60 + minutes;
  // RFC 3339 § 4.3 gives -00:00 a meaning of its own; here an unknown offset is written by leaving it out.
  if (!(minutes <= 59 && total <= widestOffsetMinutes) || (sign === "-" && total === 0)) return undefined;
  return sign === "-" ? -total : total;
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

// Days of the proleptic Gregorian calendar, counted in years that begin in March so that leap days come last.
function daysSince1970(year: number, month: number, day: number): number {
  const marchYear = month <= 2 ? year - 1 : year;
  const era = Math.floor(marchYear / 400);
  const yearOfEra = marchYear - era * 400;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

function civilDate(days: number): { year: number; month: number; day: number } {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1,
  };
}

function pad(value: number, width: number): string {
  return String(value).padStart(width, "0");
}
