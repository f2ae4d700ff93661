// One line that says how far something is: a bar when the end is known, counts alone when it is not.
import { count, duration, grouped, size } from "./figures.ts";

/** How far an intake is. `total` is undefined until all files are counted. */
export interface IntakeState {
  readonly done: number;
  readonly total: number | undefined;
  readonly refused: number;
  readonly bytes: number;
  readonly studies: number;
  readonly elapsedMs: number;
}

const barWidth = 20;
/** Below these, a guess at the time left would be noise. */
const leastElapsedMs = 5000;
const leastShare = 0.05;

/** Says how far an intake is, in at most `columns` characters. */
export function intakeLine(state: IntakeState, columns: number): string {
  const { done, total, refused, bytes, studies, elapsedMs } = state;
  const perSecond = elapsedMs < 500 ? undefined : `${size((1000 * bytes) / elapsedMs)}/s`;
  const parts = [
    total === undefined ? count(done, "file") : `${grouped(done)} of ${count(total, "file")}`,
    perSecond,
    studies === 0 ? undefined : count(studies, "study", "studies"),
    refused === 0 ? undefined : `${grouped(refused)} refused`,
    timeLeft(state),
  ];
  return fit(total === undefined ? undefined : bar(done, total), parts, columns);
}

/** Says how far an audit is. */
export function auditLine(done: number, total: number, columns: number): string {
  return fit(bar(done, total), [`${grouped(done)} of ${grouped(total)} entries and objects`], columns);
}

// Files differ in size, so a guess is given only once there is something to go by; studies are registered after the last file.
function timeLeft({ done, total, elapsedMs }: IntakeState): string | undefined {
  if (total === undefined || total === 0) return undefined;
  if (done >= total) return "registering";
  if (elapsedMs < leastElapsedMs || done / total < leastShare) return undefined;
  return `about ${duration((elapsedMs / done) * (total - done))} left`;
}

function bar(done: number, total: number): string {
  const filled = total === 0 ? barWidth : Math.min(barWidth, Math.floor((barWidth * done) / total));
  return `${"█".repeat(filled)}${"░".repeat(barWidth - filled)}`;
}

function fit(first: string | undefined, parts: readonly (string | undefined)[], columns: number): string {
  const rest = parts.filter((part) => part !== undefined).join(" · ");
  return (first === undefined ? rest : `${first} ${rest}`).slice(0, Math.max(0, columns - 1));
}
