// A registered version of an object, as whoever reads its bytes names it.
import type { ObjectRecord } from "../intake/study-records.ts";

/** The statement that registered it, where that statement's headers have its own, and its record. */
export interface StoredVersion {
  readonly statement: string;
  readonly place: number;
  readonly record: ObjectRecord;
}
