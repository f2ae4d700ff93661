// One line that says how far something is: a bar when the end is known, counts alone when it is not.
import { count, duration, grouped, size } from "./figures.ts";
import type { FilesTotal } from "./ledger.ts";

/** How far an intake is. `total` is undefined until all files are counted. */
export interface IntakeState {
  readonly done: number;
  readonly total: FilesTotal | undefined;
  readonly refused: number;
  /** How many bytes were read, those of files under way among them. */
  readonly read: number;
  readonly studies: number;
  readonly elapsedMs: number;
}

const barWidth = 20;
/** Below these, a guess at the time left would be noise. */
const leastElapsedMs = 5000;
const leastShare = 0.05;

/** Says how far an intake is, in at most `columns` characters. */
export function intakeLine(state: IntakeState, columns: number): string {
  const { done, total, refused, read, studies, elapsedMs } = state;
  const parts = [
    total === undefined ? count(done, "file") : `${grouped(done)} of ${count(total.files, "file")}`,
    readWords(read, total),
    elapsedMs < 500 ? undefined : `${size((1000 * read) / elapsedMs)}/s`,
    studies === 0 ? undefined : count(studies, "study", "studies"),
    refused === 0 ? undefined : `${grouped(refused)} refused`,
    timeLeft(state),
  ];
  return fit(total === undefined ? undefined : bar(read, total.bytes), parts, columns);
}

/** Says how far a verification is. What is not equal byte for byte is read once more, to be compared. */
export function verifyLine(
  { done, total, read }: Pick<IntakeState, "done" | "total" | "read">,
  columns: number,
): string {
  const compared = total === undefined || read <= total.bytes ? undefined : `${size(read - total.bytes)} compared`;
  const files = total === undefined ? count(done, "file") : `${grouped(done)} of ${count(total.files, "file")}`;
  const first = total === undefined ? undefined : bar(read, total.bytes);
  return fit(first, [`${files} verified`, readWords(read, total), compared], columns);
}

/** Says how far an audit is. */
export function auditLine(done: number, total: number, columns: number): string {
  return fit(bar(done, total), [`${grouped(done)} of ${grouped(total)} entries and objects`], columns);
}

function readWords(read: number, total: FilesTotal | undefined): string | undefined {
  if (read === 0) return undefined;
  return total === undefined ? size(read) : `${size(Math.min(read, total.bytes))} of ${size(total.bytes)}`;
}

// A guess is given only once there is something to go by; studies are registered after the last file.
function timeLeft({ done, total, read, elapsedMs }: IntakeState): string | undefined {
  if (total === undefined || total.files === 0) return undefined;
  if (done >= total.files) return "registering";
  if (elapsedMs < leastElapsedMs || read / total.bytes < leastShare || read >= total.bytes) return undefined;
  return `about ${duration((elapsedMs / read) * (total.bytes - read))} left`;
}

function bar(done: number, total: number): string {
  const filled = total === 0 ? barWidth : Math.min(barWidth, Math.floor((barWidth * done) / total));
  return `${"█".repeat(filled)}${"░".repeat(barWidth - filled)}`;
}

function fit(first: string | undefined, parts: readonly (string | undefined)[], columns: number): string {
  const rest = parts.filter((part) => part !== undefined).join(" · ");
  return (first === undefined ? rest : `${first} ${rest}`).slice(0, Math.max(0, columns - 1));
}
