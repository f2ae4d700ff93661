// A study as the rules of imaging use it: one row per handle.
import type { Json } from "@fiducial/core";
import { directory } from "../kernel/directory.ts";
import type { SignerFacts } from "../kernel/parties.ts";
import type { State, Write } from "../kernel/state.ts";
import { type StudyRow, studyKey, studyOf } from "../kernel/studies.ts";

/** A study just registered. Its names stand in the order of canonical JSON, which is written fastest so. */
export const newStudy = (organization: string, instances: number): StudyRow => ({
  destruction: "none",
  frozen: false,
  holds: [],
  instances,
  organization,
  retainUntil: null,
});

/** The signer's organization's study with this handle, or why it is not that. */
export function ownStudy(
  state: State,
  handle: string,
  { organization }: SignerFacts,
): StudyRow | "STUDY_UNKNOWN" | "STUDY_OF_OTHER_ORGANIZATION" {
  const study = studyOf(state, handle);
  if (study === undefined) return "STUDY_UNKNOWN";
  return study.organization === organization ? study : "STUDY_OF_OTHER_ORGANIZATION";
}

/** As `ownStudy`, and not destroyed. */
export function presentOwnStudy(
  state: State,
  handle: string,
  signer: SignerFacts,
): StudyRow | "STUDY_UNKNOWN" | "STUDY_OF_OTHER_ORGANIZATION" | "STUDY_DESTROYED" {
  const study = ownStudy(state, handle, signer);
  return typeof study === "object" && study.destruction === "done" ? "STUDY_DESTROYED" : study;
}

/** Keeps a study's row. */
export function writeStudy(handle: string, study: StudyRow): Write {
  return [studyKey(handle), study as unknown as Json];
}

/** What keeps a study from destruction at a time: nothing when undefined. */
export function destructionBar(
  { holds, retainUntil }: StudyRow,
  recordedAt: string,
): "STUDY_HELD" | "RETENTION_RUNNING" | undefined {
  if (holds.length > 0) return "STUDY_HELD";
  return retainUntil !== null && retainUntil > recordedAt ? "RETENTION_RUNNING" : undefined;
}

/** A study whose destruction, approved and not yet done, is called off. */
export function spared(study: StudyRow): StudyRow {
  return study.destruction === "approved" ? { ...study, destruction: "none" } : study;
}

/** What is to be remarked about the acquiring device of a study: true when nothing is. */
export function deviceFinding(
  state: State,
  device: string | undefined,
): true | "DEVICE_NOT_NAMED" | "DEVICE_UNKNOWN" | "DEVICE_RETIRED" {
  if (device === undefined) return "DEVICE_NOT_NAMED";
  const actor = directory.actor(state, device);
  if (actor?.type !== "device") return "DEVICE_UNKNOWN";
  return actor.retired ? "DEVICE_RETIRED" : true;
}
