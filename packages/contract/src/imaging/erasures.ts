// Erasures as the rules of imaging know them: one row per patient's handle. GDPR Art. 17.
import type { Json } from "@fiducial/core";
import type { State, Write } from "../kernel/state.ts";

/** What the rules remember of an erasure. */
export interface ErasureRow {
  readonly organization: string;
  /** The statement that approved it last. */
  readonly approval: string;
  readonly executed: boolean;
}

const erasureKey = (subject: string) => `imaging/erasure/${subject}`;

/** The erasure of what is kept under a patient's handle, or undefined. */
export function erasureOf(state: State, subject: string): ErasureRow | undefined {
  return state.get(erasureKey(subject)) as ErasureRow | undefined;
}

/** Keeps an erasure's row. */
export function writeErasure(subject: string, erasure: ErasureRow): Write {
  return [erasureKey(subject), erasure as unknown as Json];
}
