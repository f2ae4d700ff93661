// "Own study", "present", and a study that begins. docs/formats/contract.md § Words of the rules, § Imaging.
import { type Case, put, row, stating } from "./case.ts";
import type { StudyRow } from "./rows.ts";

/** A study with a row, of the first signer's organization. */
export function askOwnStudy(about: Case, study: string): StudyRow {
  const held = row(about, "imaging/study", study);
  about.ask(held, "STUDY_UNKNOWN");
  about.ask(held.organization === stating(about).organization, "STUDY_OF_OTHER_ORGANIZATION");
  return held;
}

/** An own study that is not destroyed. */
export function askPresentStudy(about: Case, study: string): StudyRow {
  const held = askOwnStudy(about, study);
  about.ask(held.destruction !== "done", "STUDY_DESTROYED");
  return held;
}

/** Writes a study of the signer's organization on which nothing rests yet. */
export function beginStudy(about: Case, study: string, instances: number): void {
  const { organization } = stating(about);
  const state = { destruction: "none", frozen: false, holds: [], retainUntil: null } as const;
  put(about, "imaging/study", study, { ...state, instances, organization });
}
