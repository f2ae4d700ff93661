// Copies that somebody found altered, as long as no other statement took the finding's place.
import type { DatabaseSync } from "node:sqlite";
import { fromHex, type Json, toHex, utcTimeMs } from "@fiducial/core";
import type { FoldedEntry } from "../fold.ts";

/** A copy of a study that was found altered: the entry that says so. */
export interface AlteredCopy {
  readonly study: string;
  readonly index: number;
  readonly recordedAtMs: number;
}

/** What they are kept in. */
export const alteredTables = `
    CREATE TABLE imaging_altered (idx INTEGER PRIMARY KEY, recordedAt INTEGER NOT NULL, statement BLOB NOT NULL UNIQUE, study BLOB NOT NULL) STRICT;`;

/** Prepares folding and asking on a database that has the tables. */
export function openAlteredCopies(database: DatabaseSync): {
  fold(entry: FoldedEntry): void;
  /** Those found at this time or later, newest first. */
  list(filter: { readonly fromMs: number; readonly limit: number }): AlteredCopy[];
} {
  const sql = {
    add: database.prepare("INSERT INTO imaging_altered VALUES (?, ?, ?, ?)"),
    drop: database.prepare("DELETE FROM imaging_altered WHERE statement = ?"),
    list: database.prepare(
      "SELECT idx, recordedAt, study FROM imaging_altered WHERE recordedAt >= ? ORDER BY idx DESC LIMIT ?",
    ),
  };
  return {
    fold: ({ index, recordedAt, id, findings, content }) => {
      if (content.supersedes !== undefined) sql.drop.run(blob(content.supersedes.statement));
      if (findings.includes("COPY_ALTERED"))
        sql.add.run(index, utcTimeMs(recordedAt) as number, blob(id), blob(content.open["study"]));
    },
    list: ({ fromMs, limit }) =>
      (sql.list.all(fromMs, limit) as { idx: number; recordedAt: number; study: Uint8Array }[]).map(
        ({ idx, recordedAt, study }) => ({ study: toHex(study), index: idx, recordedAtMs: recordedAt }),
      ),
  };
}

function blob(handle: Json | undefined): Uint8Array {
  return (typeof handle === "string" && fromHex(handle)) || new Uint8Array();
}
