// Studies as the rules of every application read them. Imaging alone writes their rows.
import type { State } from "./state.ts";

/** What the rules remember of a study. */
export interface StudyRow {
  readonly organization: string;
  /** Objects registered and not destroyed. */
  readonly instances: number;
  /** A correction of its subject is under way: it is not to be shared. */
  readonly frozen: boolean;
  /** Handles of the holds that keep it from destruction. */
  readonly holds: readonly string[];
  /** Until when it must be kept, if so (UTC). */
  readonly retainUntil: string | null;
  readonly destruction: "none" | "approved" | "done";
}

/** The key of a study's row. */
export const studyKey = (handle: string): string => `imaging/study/${handle}`;

/** The study with this handle, or undefined. */
export function studyOf(state: State, handle: string): StudyRow | undefined {
  return state.get(studyKey(handle)) as StudyRow | undefined;
}
