// How a study stands, on whichever log of the folder: what whoever hands on its images or its receipts must know.
import { studyOf, subjectCorrected } from "@fiducial/contract";
import type { Rejection } from "@fiducial/projection";
import { historyOf } from "./history.ts";
import type { Logs } from "./logs.ts";

/** Codes of the contract: its patient is being corrected, or it was destroyed. */
export type StudyNotice = "STUDY_FROZEN" | "STUDY_DESTROYED";

/** Returns what is to be said of a study. */
export function noticesOf(logs: Logs, study: string): StudyNotice[] {
  const rows = logs.all.flatMap(({ store }) => studyOf(store.state, study) ?? []);
  const destroyed = rows.some(({ destruction }) => destruction === "done");
  return [
    ...(isFrozen(logs, study) ? ["STUDY_FROZEN" as const] : []),
    ...(destroyed ? ["STUDY_DESTROYED" as const] : []),
  ];
}

/** What of a study is rejected, as far as the newest log knows that says so of it. */
export function rejectionOf({ all }: Logs, study: string): Omit<Rejection, "index"> | undefined {
  for (const { projection } of all) {
    const { index: _, ...rejection } = projection.imaging.rejection(study) ?? { index: undefined };
    if ("reason" in rejection) return rejection;
  }
  return undefined;
}

// A correction that a recovery cut short stands until it is begun again on the log that grows.
function isFrozen({ current, ended }: Logs, study: string): boolean {
  if (studyOf(current.store.state, study)?.frozen === true) return true;
  if (!ended.some(({ store }) => studyOf(store.state, study)?.frozen === true)) return false;
  return !historyOf(current, study).some(({ content }) => content.kind === subjectCorrected.name);
}
