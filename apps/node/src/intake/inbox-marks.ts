// The marks of the inbox: a row for each object that was acknowledged and is not registered yet. No patient data, not even a UID.
import { existsSync, renameSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { syncFolder } from "../folder/durable-file.ts";
import { NodeError } from "../node-error.ts";

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
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA secure_delete = ON;
  CREATE TABLE IF NOT EXISTS mark (id INTEGER PRIMARY KEY AUTOINCREMENT, digest TEXT NOT NULL, connection TEXT NOT NULL, received INTEGER NOT NULL) STRICT;
  CREATE INDEX IF NOT EXISTS mark_digest ON mark (digest);
`;

/** Opens the marks. A file that is damaged is put aside, and what `unregistered` returns is marked in its place: too much, but nothing too little. Throws FOLDER_NOT_WRITABLE. */
export function openInboxMarks(path: string, unregistered: () => readonly string[]): InboxMarks {
  try {
    return marksIn(openDatabase(path));
  } catch (thrown) {
    if (!isDamage(thrown)) throw new NodeError("FOLDER_NOT_WRITABLE", {}, thrown);
    renameSync(path, `${path}.damaged`);
    for (const beside of ["-wal", "-shm"]) rmSync(`${path}${beside}`, { force: true });
    const marks = marksIn(openDatabase(path));
    marks.add(unregistered().map((digest) => ({ digest, connection: "unknown", receivedMs: Date.now() })));
    return marks;
  }
}

// SQLite's primary result codes: 11 corrupt, 26 not a database.
function isDamage(thrown: unknown): boolean {
  return [11, 26].includes(((thrown as { errcode?: number }).errcode ?? 0) & 0xff);
}

function openDatabase(path: string): DatabaseSync {
  const isNew = !existsSync(path);
  const database = new DatabaseSync(path);
  try {
    database.exec(schema);
    const { quick_check: found } = database.prepare("PRAGMA quick_check(1)").get() as { quick_check: string };
    if (found !== "ok") throw Object.assign(new Error("The inbox is damaged."), { errcode: 11 });
    if (isNew) syncFolder(dirname(path));
    return database;
  } catch (thrown) {
    database.close();
    throw thrown;
  }
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
