// Retention schedules: from when on something may be destroyed. Which periods hold is for each organization's lawyers; the table here is an example.

/** How long something is kept: a number of years from a date. All given conditions must hold for the rule to apply. */
export interface RetentionRule {
  /** Says the rule's origin to whoever approves a destruction. */
  readonly name: string;
  /** DICOM modality. */
  readonly modality?: string;
  /** Why it was made or is kept, in the organization's own words: `treatment`, `trial`, … */
  readonly reason?: string;
  readonly years: number;
  /** The date from which the years are counted. */
  readonly fromDate: RetentionDate;
}

/** A date that years are counted from. */
export type RetentionDate = "acquired" | "birth" | "treatmentEnd" | "trialEnd";

/** What a schedule needs to know. Dates are `YYYY-MM-DD`. */
export interface RetentionFacts {
  readonly modalities: readonly string[];
  readonly reasons: readonly string[];
  readonly dates: Readonly<Partial<Record<RetentionDate, string>>>;
}

/** The day from which on destruction may be approved, and the rule that says so; or which dates must be known first. */
export type RetentionEnd =
  | { readonly date: string; readonly rule: string }
  | { readonly date: undefined; readonly missing: readonly RetentionDate[] };

/** Examples, not law: an organization writes its own. The longest rule that applies holds, so the one on birth speaks for minors only. */
export const exampleSchedule: readonly RetentionRule[] = [
  { name: "Examination, 10 years (as German StrlSchG § 85)", years: 10, fromDate: "acquired" },
  { name: "Minor's examination, until the 28th birthday (as German StrlSchG § 85)", years: 28, fromDate: "birth" },
  {
    name: "Radiotherapy, 30 years (as German StrlSchG § 85)",
    reason: "treatment",
    years: 30,
    fromDate: "treatmentEnd",
  },
  { name: "Mammogram, 10 years (as US 21 CFR 900.12(c)(4))", modality: "MG", years: 10, fromDate: "acquired" },
  {
    name: "Clinical trial, 25 years (as Regulation (EU) 536/2014 Art. 58)",
    reason: "trial",
    years: 25,
    fromDate: "trialEnd",
  },
];

/**
 * Returns the earliest day of destruction: the latest that any applying rule gives. When a rule applies whose date is not known, or none
 * applies, nothing is to be destroyed by schedule. Throws RangeError for a date that is none.
 */
export function retentionEnd(schedule: readonly RetentionRule[], facts: RetentionFacts): RetentionEnd {
  const applying = schedule.filter((rule) => applies(rule, facts));
  const missing = new Set(applying.map(({ fromDate }) => fromDate).filter((date) => facts.dates[date] === undefined));
  let end: { date: string; rule: string } | undefined;
  for (const { name, years, fromDate } of applying) {
    const from = facts.dates[fromDate];
    const date = from === undefined ? undefined : yearsAfter(from, years);
    if (date !== undefined && (end === undefined || date > end.date)) end = { date, rule: name };
  }
  return missing.size > 0 || end === undefined ? { date: undefined, missing: [...missing] } : end;
}

function applies({ modality, reason }: RetentionRule, { modalities, reasons }: RetentionFacts): boolean {
  return (
    (modality === undefined || modalities.includes(modality)) && (reason === undefined || reasons.includes(reason))
  );
}

/** The same day of a later year; for 29 February, where that year has none, 1 March: rather a day too long than too short. */
function yearsAfter(date: string, years: number): string {
  const [year, month, day] = partsOf(date);
  const later = year + years;
  const hasDay = month !== 2 || day !== 29 || isLeap(later);
  const [laterMonth, laterDay] = hasDay ? [month, day] : [3, 1];
  return `${pad(later, 4)}-${pad(laterMonth, 2)}-${pad(laterDay, 2)}`;
}

function partsOf(date: string): [year: number, month: number, day: number] {
  const [, year, month, day] = (/^(\d{4})-(\d{2})-(\d{2})$/.exec(date) ?? []).map(Number) as [
    unknown,
    number,
    number,
    number,
  ];
  const isDay = month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
  if (!isDay) throw new RangeError("A date is not YYYY-MM-DD.");
  return [year, month, day];
}

function daysIn(year: number, month: number): number {
  if (month === 2) return isLeap(year) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

function pad(number: number, digits: number): string {
  return String(number).padStart(digits, "0");
}
