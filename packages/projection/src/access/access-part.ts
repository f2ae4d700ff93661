// What the log says of access, by handle.
import type { FoldedEntry, Part } from "../fold.ts";

/** A read as the log knows it. */
export interface ReadFact {
  readonly read: string;
  /** The entry that spoke of it first. */
  readonly index: number;
}

export interface AccessQueries {
  read(handle: string): ReadFact | undefined;
}

export const accessPart: Part<AccessQueries> = {
  tables: `
    CREATE TABLE access_read (handle TEXT PRIMARY KEY, idx INTEGER NOT NULL) STRICT, WITHOUT ROWID;`,

  open: (database) => {
    const sql = {
      one: database.prepare('SELECT handle AS read, idx AS "index" FROM access_read WHERE handle = ?'),
    };
    // What each kind of access changes. Kinds that are not here change nothing that anybody asks for.
    const changes: Readonly<Record<string, (entry: FoldedEntry) => void>> = {};

    return {
      fold: (entry) => changes[entry.content.kind]?.(entry),
      queries: { read: (handle) => sql.one.get(handle) as ReadFact | undefined },
    };
  },
};
