// Marks of objects whose bytes are no more kept here because the PACS was seen to hold them: what tells a released object from a lost one. Digests, nothing else.
import { existsSync } from "node:fs";
import { backup } from "node:sqlite";
import { openCheckedDatabase, openOrPutAside } from "../folder/checked-database.ts";

export interface ReleasedMarks {
  /** Marks objects; durable when it returns. Digests are lower-case hex. */
  add(digests: Iterable<string>): void;
  has(digest: string): boolean;
  /** Takes marks away; durable when it returns. */
  remove(digests: Iterable<string>): void;
  /** Writes a copy of the marks, if there are any. */
  backUp(path: string): Promise<void>;
  close(): void;
}

/** The file of the marks in a data folder or a backup; not there as long as nothing was released. */
export const releasedFile = "released.db";

const schema = "CREATE TABLE IF NOT EXISTS released (digest BLOB PRIMARY KEY) STRICT, WITHOUT ROWID;";

/** Opens the marks at `path`; the file is made with the first mark. One that is damaged is put aside: what it marked is asked for, and counts as lost. Throws FOLDER_NOT_WRITABLE. */
export function openReleasedMarks(path: string): ReleasedMarks {
  // Nothing that is released is lost with its mark: whoever asks for it is sent to the PACS, marked or not.
  let database = existsSync(path) ? openOrPutAside(path, schema).database : undefined;

  function change(sql: string, digests: Iterable<string>): void {
    database ??= openCheckedDatabase(path, schema);
    const statement = database.prepare(sql);
    database.exec("BEGIN IMMEDIATE");
    try {
      for (const digest of digests) statement.run(Buffer.from(digest, "hex"));
      database.exec("COMMIT");
    } catch (thrown) {
      if (database.isTransaction) database.exec("ROLLBACK");
      throw thrown;
    }
  }

  return {
    add: (digests) => change("INSERT OR IGNORE INTO released (digest) VALUES (?)", digests),
    has: (digest) =>
      database?.prepare("SELECT 1 FROM released WHERE digest = ?").get(Buffer.from(digest, "hex")) !== undefined,
    remove: (digests) => {
      if (database !== undefined) change("DELETE FROM released WHERE digest = ?", digests);
    },
    backUp: async (target) => {
      if (database !== undefined) await backup(database, target);
    },
    close: () => {
      if (database?.isOpen === true) database.close();
    },
  };
}
