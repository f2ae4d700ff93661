// Corrections under way: a study was filed under the wrong patient, and those who hold it are told.
import type { Json } from "@fiducial/core";
import type { State, Write } from "../kernel/state.ts";

/** What the rules remember of a correction until it is completed. */
export interface CorrectionRow {
  /** Who corrected: somebody else completes. */
  readonly by: string;
  /** How many other scopes hold the study. */
  readonly scopes: number;
  /** Handles of the scopes recorded as notified, sorted. */
  readonly notified: readonly string[];
}

const correctionKey = (study: string) => `imaging/correction/${study}`;

/** The correction of a study that is under way, or undefined. */
export function correctionOf(state: State, study: string): CorrectionRow | undefined {
  return state.get(correctionKey(study)) as CorrectionRow | undefined;
}

/** Keeps a correction's row; null ends it. */
export function writeCorrection(study: string, correction: CorrectionRow | null): Write {
  return [correctionKey(study), correction as unknown as Json];
}
