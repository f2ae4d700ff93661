// Dates in searches: a value stands for all instants it may mean, and a prefix says how two such spans lie. FHIR R4 § 3.1.1.4.7 (date), § 3.1.1.4.8 (prefixes).
import { type OffsetTime, offsetTimeMs } from "@fiducial/core";

/** Milliseconds since 1970, from the first to before the last. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** A date that is sought, with its prefix. */
export interface SoughtDate extends Span {
  readonly prefix: DatePrefix;
}

type DatePrefix = (typeof prefixes)[number];

const prefixes = ["eq", "ne", "gt", "lt", "ge", "le", "sa", "eb"] as const;
const pattern =
  /^([a-z]{2})?(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(Z|[+-]\d\d:\d\d)?)?)?)?$/;

/** Reads a value such as `ge2026-01`, UTC where it names no offset; undefined when it is none. */
export function soughtDate(text: string): SoughtDate | undefined {
  const found = pattern.exec(text);
  if (found === null) return undefined;
  const [, prefix = "eq", year = "", month, day, hour, minute, second, fraction, zone = "Z"] = found;
  const from = instant([year, month, day, hour, minute, second], fraction, zone);
  if (!isPrefix(prefix) || from === undefined) return undefined;
  const to = day === undefined ? nextMonthOrYear(Number(year), month) : from + widthMs(minute, second, fraction);
  return to === undefined ? undefined : { prefix, from, to };
}

/** The instants that a time shown by `dateTimeOf` may mean: with an offset one, else the whole day. */
export function spanOf(time: OffsetTime): Span | undefined {
  const read = offsetTimeMs(time);
  if (read === undefined) return undefined;
  if (time.length !== 23) return { from: read.earliest, to: read.earliest + 1 };
  const day = offsetTimeMs(`${time.slice(0, 10)}T00:00:00.000Z`)?.earliest;
  return day === undefined ? undefined : { from: day, to: day + 86_400_000 };
}

/** Tells whether a span lies to a sought date as its prefix says. */
export function isWithin({ from, to }: Span, sought: SoughtDate): boolean {
  const contained = from >= sought.from && to <= sought.to;
  const tests: Readonly<Record<DatePrefix, boolean>> = {
    eq: contained,
    ne: !contained,
    gt: to > sought.to,
    lt: from < sought.from,
    ge: to > sought.to || contained,
    le: from < sought.from || contained,
    sa: from >= sought.to,
    eb: to <= sought.from,
  };
  return tests[sought.prefix];
}

type Parts = readonly [year: string, ...(string | undefined)[]];

function instant(parts: Parts, fraction = "", zone = "Z"): number | undefined {
  const [year, month = "01", day = "01", hour = "00", minute = "00", second = "00"] = parts;
  // Here UTC has one spelling.
  const offset = /^[+-]00:00$/.test(zone) ? "Z" : zone;
  const text = `${year}-${month}-${day}T${hour}:${minute}:${second}.${fraction.slice(0, 3).padEnd(3, "0")}${offset}`;
  return offsetTimeMs(text)?.earliest;
}

function nextMonthOrYear(year: number, month: string | undefined): number | undefined {
  const isYearsEnd = month === undefined || month === "12";
  const next = isYearsEnd ? "01" : String(Number(month) + 1).padStart(2, "0");
  return instant([String(isYearsEnd ? year + 1 : year).padStart(4, "0"), next]);
}

// How long the last part that is given lasts.
function widthMs(minute: string | undefined, second: string | undefined, fraction: string | undefined): number {
  if (minute === undefined) return 86_400_000;
  if (second === undefined) return 60_000;
  return fraction === undefined ? 1000 : 10 ** Math.max(0, 3 - fraction.length);
}

function isPrefix(text: string): text is DatePrefix {
  return (prefixes as readonly string[]).includes(text);
}
