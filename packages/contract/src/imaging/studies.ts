// A study as the rules of imaging know it: one row per handle.
import type { Json } from "@fiducial/core";
import { directory } from "../kernel/directory.ts";
import type { State, Write } from "../kernel/state.ts";

/** What the rules remember of a study. */
export interface StudyRow {
  readonly organization: string;
  readonly instances: number;
  /** A correction of its subject is under way: it is not to be shared. */
  readonly frozen: boolean;
  /** Handles of the holds that keep it from destruction. */
  readonly holds: readonly string[];
  /** Until when it must be kept, if so (UTC). */
  readonly retainUntil: string | null;
  readonly destruction: "none" | "approved" | "done";
}

const studyKey = (handle: string) => `imaging/study/${handle}`;

/** A study just registered. */
export const newStudy = (organization: string, instances: number): StudyRow => ({
  organization,
  instances,
  frozen: false,
  holds: [],
  retainUntil: null,
  destruction: "none",
});

/** The study with this handle, or undefined. */
export function studyOf(state: State, handle: string): StudyRow | undefined {
  return state.get(studyKey(handle)) as StudyRow | undefined;
}

/** Keeps a study's row. */
export function writeStudy(handle: string, study: StudyRow): Write {
  return [studyKey(handle), study as unknown as Json];
}

/** What is to be remarked about the acquiring device of a study: true when nothing is. */
export function deviceFinding(state: State, device: string | undefined): true | "DEVICE_NOT_NAMED" | "DEVICE_UNKNOWN" | "DEVICE_RETIRED" {
  if (device === undefined) return "DEVICE_NOT_NAMED";
  const actor = directory.actor(state, device);
  if (actor?.type !== "device") return "DEVICE_UNKNOWN";
  return actor.retired ? "DEVICE_RETIRED" : true;
}
