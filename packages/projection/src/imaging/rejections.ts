// Rejections of studies, series and single objects, as long as no other statement took their place. IHE RAD TF, Imaging Object Change Management (IOCM).
import type { DatabaseSync } from "node:sqlite";
import { fromHex, type Json } from "@fiducial/core";
import type { FoldedEntry } from "../fold.ts";

/** What of a study is rejected, and why: the entry that says so. */
export interface Rejection {
  readonly index: number;
  /** A reason of imaging.study.rejected. */
  readonly reason: string;
  readonly scope: "study" | "series" | "instances";
  readonly instances: number;
}

/** What they are kept in. */
export const rejectionTables = `
    CREATE TABLE imaging_rejection (study BLOB NOT NULL, idx INTEGER NOT NULL, statement BLOB NOT NULL UNIQUE, reason TEXT NOT NULL, scope TEXT NOT NULL, instances INTEGER NOT NULL, PRIMARY KEY (study, idx)) STRICT;`;

/** Prepares folding and asking on a database that has the tables. */
export function openRejections(database: DatabaseSync): {
  fold(entry: FoldedEntry): void;
  /** The newest that speaks of the whole study, else the newest. */
  of(study: string): Rejection | undefined;
} {
  const sql = {
    add: database.prepare("INSERT INTO imaging_rejection VALUES (?, ?, ?, ?, ?, ?)"),
    drop: database.prepare("DELETE FROM imaging_rejection WHERE statement = ?"),
    of: database.prepare(
      "SELECT idx AS 'index', reason, scope, instances FROM imaging_rejection WHERE study = ? ORDER BY scope = 'study' DESC, idx DESC LIMIT 1",
    ),
  };
  return {
    fold: ({ index, id, content: { open, supersedes } }) => {
      if (supersedes !== undefined) sql.drop.run(blob(supersedes.statement));
      // What takes back an error says once more what it takes back.
      if (supersedes?.reason === "entered-in-error") return;
      const { study, reason, scope, instances } = open;
      sql.add.run(blob(study), index, blob(id), String(reason), String(scope), Number(instances));
    },
    of: (study) => sql.of.get(blob(study)) as unknown as Rejection | undefined,
  };
}

function blob(handle: Json | undefined): Uint8Array {
  return (typeof handle === "string" && fromHex(handle)) || new Uint8Array();
}
