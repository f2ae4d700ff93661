// What the logs of a folder say of a study, in order.
import { parseEntry, type Statement } from "@fiducial/core";
import type { KeptLog, Logs } from "./logs.ts";

/** What was said of a study on one log. */
export function historyOf({ projection, reader }: KeptLog, study: string): Statement[] {
  return projection.imaging.history(study).flatMap((index) => parseEntry(reader.entry(index))?.statement ?? []);
}

/** What was said of a study on every log, the oldest log first. */
export function wholeHistoryOf({ ended, current }: Logs, study: string): Statement[] {
  return [...ended, current].flatMap((log) => historyOf(log, study));
}
