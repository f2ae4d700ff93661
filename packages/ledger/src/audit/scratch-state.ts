// The contract's state built again during an audit: on disk in a temporary database, so that a large log needs no large memory.
import { DatabaseSync } from "node:sqlite";
import type { State, Write } from "@fiducial/contract";
import { canonicalJson, type Json, type Statement } from "@fiducial/core";

/** A state that grows entry by entry and is thrown away. */
export interface ScratchState {
  readonly state: State;
  write(writes: readonly Write[], statement: Statement, index: number): void;
  /** The entry that last wrote the row under `key`. */
  writtenBy(key: string): number | undefined;
  /** How many rows there are. */
  rows(): number;
  close(): void;
}

/** Opens an empty scratch state. */
export function openScratchState(): ScratchState {
  // SQLite keeps a database without a name in memory as long as it is small and in a temporary file beyond that.
  const database = new DatabaseSync("");
  database.exec("PRAGMA synchronous = OFF; PRAGMA journal_mode = OFF; PRAGMA cache_size = -65536");
  database.exec(
    "CREATE TABLE state (key TEXT PRIMARY KEY, value TEXT NOT NULL, writtenBy INTEGER NOT NULL) STRICT, WITHOUT ROWID",
  );
  database.exec(
    "CREATE TABLE statement (id TEXT PRIMARY KEY, idx INTEGER NOT NULL, kind TEXT NOT NULL, organization TEXT NOT NULL) STRICT, WITHOUT ROWID",
  );
  const sql = {
    get: database.prepare("SELECT value, writtenBy FROM state WHERE key = ?"),
    put: database.prepare("INSERT OR REPLACE INTO state VALUES (?, ?, ?)"),
    drop: database.prepare("DELETE FROM state WHERE key = ?"),
    count: database.prepare("SELECT count(*) AS rows FROM state"),
    statement: database.prepare("SELECT idx, kind, organization FROM statement WHERE id = ?"),
    putStatement: database.prepare("INSERT INTO statement VALUES (?, ?, ?, ?)"),
  };

  return {
    state: {
      get: (key) => {
        const row = sql.get.get(key) as { value: string } | undefined;
        return row === undefined ? undefined : (JSON.parse(row.value) as Json);
      },
      statement: (id) => {
        const row = sql.statement.get(id) as { idx: number; kind: string; organization: string } | undefined;
        return row && { index: row.idx, kind: row.kind, organization: row.organization };
      },
    },
    write: (writes, { id, content }, index) => {
      for (const [key, value] of writes) {
        if (value === null) sql.drop.run(key);
        else sql.put.run(key, canonicalJson(value), index);
      }
      sql.putStatement.run(id, index, content.kind, content.signers[0].organization);
    },
    writtenBy: (key) => (sql.get.get(key) as { writtenBy: number } | undefined)?.writtenBy,
    rows: () => (sql.count.get() as { rows: number }).rows,
    close: () => database.close(),
  };
}
