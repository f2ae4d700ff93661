// What became of one test case, whichever runner ran it, and the sums over many.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/** One test case: its file relative to the repository ("": none), its full name and how it ended; `reason` says why it was skipped. */
export interface Outcome {
  file: string;
  name: string;
  state: "passed" | "failed" | "skipped";
  reason?: string;
}

/** Counts of test cases. */
export interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}

/** Counts outcomes by state. */
export function tally(outcomes: readonly Outcome[]): Tally {
  const count = (state: Outcome["state"]): number => outcomes.filter((outcome) => outcome.state === state).length;
  return { passed: count("passed"), failed: count("failed"), skipped: count("skipped") };
}

/** Returns the last line of a run, which continuous integration reads: `N passed, N failed, N skipped`. */
export function summaryLine({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

/** Returns a test's name as the terminal and conformance/allowed-skips.json write it: `file > suite > test`. */
export function fullName({ file, name }: Outcome): string {
  return file === "" ? name : `${file} > ${name}`;
}

/** Writes outcomes where the tier that started the runner will look for them. */
export function writeOutcomes(path: string, outcomes: readonly Outcome[]): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${JSON.stringify(outcomes, null, 1)}\n`);
}

/** Reads what writeOutcomes wrote. Throws when the runner ended before it wrote anything. */
export function readOutcomes(path: string): Outcome[] {
  return JSON.parse(readFileSync(path, "utf8")) as Outcome[];
}
