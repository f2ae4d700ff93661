// What a folder of the projection brings: its tables, and how an entry changes them.
import type { DatabaseSync } from "node:sqlite";
import type { Content } from "@fiducial/core";

/** An entry as folds see it. */
export interface FoldedEntry {
  readonly index: number;
  readonly recordedAt: string;
  readonly findings: readonly string[];
  readonly id: string;
  readonly content: Content;
}

/** One folder's part of the projection. `open` prepares its statements on a database whose tables exist. */
export interface Part<Queries> {
  readonly tables: string;
  open(database: DatabaseSync): { readonly fold: (entry: FoldedEntry) => void; readonly queries: Queries };
}
