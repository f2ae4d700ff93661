// The marks of the inbox: a row for each object that was acknowledged and is not registered yet. No patient data, not even a UID.
import type { DatabaseSync } from "node:sqlite";
import { openOrPutAside } from "../folder/checked-database.ts";

/** An object that came in: its digest, lower-case hex, the id of its connection, and when, in POSIX milliseconds. */
export interface NewMark {
  readonly digest: string;
  readonly connection: string;
  readonly receivedMs: number;
}

/** A mark, and its number: later marks have larger ones. An object that came in twice has two. */
export interface Mark extends NewMark {
  readonly id: number;
}

export interface InboxMarks {
  /** Makes marks, durable when it returns, and returns them in their order. */
  add(marks: readonly NewMark[]): Mark[];
  has(digest: string): boolean;
  /** Marks from a number on, the oldest first, at most `most`. */
  from(id: number, most: number): Mark[];
  /** Takes marks away; durable when it returns. */
  remove(marks: readonly Mark[]): void;
  count(): number;
  /** When the oldest came in. */
  oldestMs(): number | undefined;
  close(): void;
}

const schema = `
  CREATE TABLE IF NOT EXISTS mark (id INTEGER PRIMARY KEY AUTOINCREMENT, digest TEXT NOT NULL, connection TEXT NOT NULL, received INTEGER NOT NULL) STRICT;
  CREATE INDEX IF NOT EXISTS mark_digest ON mark (digest);
`;

/** Opens the marks. A file that is damaged is put aside, and what `unregistered` returns is marked in its place: too much, but nothing too little. Throws FOLDER_NOT_WRITABLE. */
export function openInboxMarks(path: string, unregistered: () => readonly string[]): InboxMarks {
  const { database, putAside } = openOrPutAside(path, schema);
  const marks = marksIn(database);
  if (putAside) marks.add(unregistered().map((digest) => ({ digest, connection: "unknown", receivedMs: Date.now() })));
  return marks;
}

function marksIn(database: DatabaseSync): InboxMarks {
  const insert = database.prepare("INSERT INTO mark (digest, connection, received) VALUES (?, ?, ?)");
  const remove = database.prepare("DELETE FROM mark WHERE id = ?");
  const find = database.prepare("SELECT 1 FROM mark WHERE digest = ? LIMIT 1");
  const page = database.prepare(
    "SELECT id, digest, connection, received AS receivedMs FROM mark WHERE id >= ? ORDER BY id LIMIT ?",
  );
  let count = Number(database.prepare("SELECT count(*) AS marks FROM mark").get()?.["marks"]);

  function inTransaction<Result>(work: () => Result): Result {
    database.exec("BEGIN IMMEDIATE");
    try {
      const result = work();
      database.exec("COMMIT");
      return result;
    } catch (thrown) {
      if (database.isTransaction) database.exec("ROLLBACK");
      throw thrown;
    }
  }

  const from = (id: number, most: number) => page.all(id, most) as unknown as Mark[];
  return {
    add: (marks) => {
      const added = inTransaction(() =>
        marks.map((mark) => {
          const { lastInsertRowid } = insert.run(mark.digest, mark.connection, mark.receivedMs);
          return { ...mark, id: Number(lastInsertRowid) };
        }),
      );
      count += added.length;
      return added;
    },
    has: (digest) => find.get(digest) !== undefined,
    from,
    remove: (marks) => {
      count -= inTransaction(() => marks.reduce((gone, { id }) => gone + Number(remove.run(id).changes), 0));
    },
    count: () => count,
    oldestMs: () => from(0, 1)[0]?.receivedMs,
    close: () => {
      if (database.isOpen) database.close();
    },
  };
}
