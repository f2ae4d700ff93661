// How figures, times and digests are written, in a language. Times are shown in the reader's own time zone.

/** Writers of one language. */
export interface Formats {
  readonly language: string;
  /** `54,468`. */
  count(value: number): string;
  /** `528,402 bytes` up to a kilobyte of precision: `516 KB`, `1.2 MB`. */
  bytes(value: number): string;
  /** `09:57`. */
  clock(time: string): string;
  /** `09:57:12`. */
  clockSeconds(time: string): string;
  /** `Wed 18 Nov 2026`. */
  day(time: string): string;
  /** `18 Nov, 09:57`; with the year when it is not this one. */
  moment(time: string, now?: Date): string;
  /** `Wed 18 Nov 2026, 08:44:09`. */
  full(time: string): string;
  /** `3 min`, `2 h`, `5 d`: how long ago, in one unit. */
  age(time: string, now: Date): string;
}

/** Makes the writers of a language: a BCP 47 tag. `timeZone` is the reader's unless given. */
export function formatsOf(language: string, timeZone?: string): Formats {
  const zone = timeZone === undefined ? {} : { timeZone };
  const number = new Intl.NumberFormat(language);
  const clock = new Intl.DateTimeFormat(language, { ...zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const clockSeconds = new Intl.DateTimeFormat(language, { ...zone, ...seconds });
  const day = new Intl.DateTimeFormat(language, { ...zone, ...wholeDay });
  const short = new Intl.DateTimeFormat(language, { ...zone, day: "numeric", month: "short" });
  const shortWithYear = new Intl.DateTimeFormat(language, { ...zone, day: "numeric", month: "short", year: "numeric" });
  const year = new Intl.DateTimeFormat("en", { ...zone, year: "numeric" });
  const dated = (format: Intl.DateTimeFormat, time: string | Date) => format.format(new Date(time)).replaceAll(",", "");
  return {
    language,
    count: (value) => number.format(value),
    bytes: (value) => sizeText(language, value),
    clock: (time) => clock.format(new Date(time)),
    clockSeconds: (time) => clockSeconds.format(new Date(time)),
    day: (time) => dated(day, time),
    moment(time, now = new Date()) {
      const format = year.format(new Date(time)) === year.format(now) ? short : shortWithYear;
      return `${dated(format, time)}, ${clock.format(new Date(time))}`;
    },
    full: (time) => `${dated(day, time)}, ${clockSeconds.format(new Date(time))}`,
    age: (time, now) => ageText(number, now.getTime() - new Date(time).getTime()),
  };
}

/** Shows the two ends of a digest or handle: enough to compare by eye, never enough to prove. */
export function shortHex(hex: string, digits = 4): string {
  return hex.length <= 2 * digits + 1 ? hex : `${hex.slice(0, digits)}…${hex.slice(-digits)}`;
}

/** Writes a calendar date: `Wed 18 Nov 2026`. */
export function dateText(date: string, language: string): string {
  return formatsOf(language, "UTC").day(`${date}T00:00:00Z`);
}

/** Writes a number with so many places: `12.3`. */
export function decimalText(value: number, places: number, language: string): string {
  return new Intl.NumberFormat(language, { minimumFractionDigits: places, maximumFractionDigits: places }).format(
    value,
  );
}

/** Writes a time in UTC and says so: `Wed 18 Nov 2026, 08:44:09 UTC`. */
export function utcText(time: string, language: string): string {
  return `${formatsOf(language, "UTC").full(time)} UTC`;
}

/** The offset of the reader's time zone at a time, to stand behind times that are shown in it beside others: `UTC+01:00`, or `UTC`. */
export function zoneText(time: string, timeZone?: string): string {
  const format = new Intl.DateTimeFormat("en", {
    ...(timeZone === undefined ? {} : { timeZone }),
    timeZoneName: "longOffset",
  });
  const name = format.formatToParts(new Date(time)).find(({ type }) => type === "timeZoneName")?.value ?? "";
  return name.replace("GMT", "UTC").replace("+00:00", "");
}

/** Reads a time that has no offset as it stands, without moving it into the reader's time zone: `18 Nov 2026, 08:44`. */
export function localTimeText(time: string, language: string): string {
  const formats = formatsOf(language, "UTC");
  return `${formats.day(`${time}Z`)}, ${formats.clockSeconds(`${time}Z`)}`;
}

/** Reads a time as DICOM and statements say it: its own clock, and its offset as `UTC+01:00`, or empty where none is known. */
export function statedTime(
  time: string,
  language: string,
): { readonly local: string; readonly zone: string } | undefined {
  const [, local, offset = ""] = /^(\d{4}-\d\d-\d\dT[\d:.]+)(Z|[+-]\d\d:\d\d)?$/.exec(time) ?? [];
  if (local === undefined || Number.isNaN(Date.parse(`${local}Z`))) return undefined;
  return { local: localTimeText(local, language), zone: offset === "" ? "" : `UTC${offset === "Z" ? "" : offset}` };
}

const seconds = { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" } as const;
const wholeDay = { weekday: "short", day: "numeric", month: "short", year: "numeric" } as const;

function sizeText(language: string, value: number): string {
  const units = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const;
  const power = value < 1000 ? 0 : Math.min(Math.floor(Math.log10(value) / 3), units.length - 1);
  const scaled = value / 1000 ** power;
  return new Intl.NumberFormat(language, {
    style: "unit",
    unit: units[power] as string,
    unitDisplay: power === 0 ? "long" : "short",
    maximumFractionDigits: power < 2 || scaled >= 100 ? 0 : 1,
  }).format(scaled);
}

function ageText(number: Intl.NumberFormat, ms: number): string {
  const ages: readonly (readonly [string, number])[] = [
    ["d", 86_400_000],
    ["h", 3_600_000],
    ["min", 60_000],
  ];
  for (const [unit, size] of ages) if (ms >= size) return `${number.format(Math.floor(ms / size))} ${unit}`;
  return `${number.format(Math.max(0, Math.floor(ms / 1000)))} s`;
}
