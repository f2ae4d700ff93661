// Marks of objects whose bytes are no more kept here because the PACS was seen to hold them: what tells a released object from a lost one. Digests, nothing else.
import { existsSync, renameSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { backup, DatabaseSync } from "node:sqlite";
import { syncFolder } from "../folder/durable-file.ts";
import { NodeError } from "../node-error.ts";

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

const schema = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA secure_delete = ON;
  CREATE TABLE IF NOT EXISTS released (digest BLOB PRIMARY KEY) STRICT, WITHOUT ROWID;
`;

/** Opens the marks at `path`; the file is made with the first mark. One that is damaged is put aside: what it marked is asked for, and counts as lost. Throws FOLDER_NOT_WRITABLE. */
export function openReleasedMarks(path: string): ReleasedMarks {
  let database = existsSync(path) ? openOrPutAside(path) : undefined;

  function change(sql: string, digests: Iterable<string>): void {
    database ??= openDatabase(path);
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

// Nothing that is released is lost by it: whoever asks for it is sent to the PACS, marked or not.
function openOrPutAside(path: string): DatabaseSync {
  try {
    return openDatabase(path);
  } catch (thrown) {
    if (!isDamage(thrown)) throw new NodeError("FOLDER_NOT_WRITABLE", {}, thrown);
    renameSync(path, `${path}.damaged`);
    for (const beside of ["-wal", "-shm"]) rmSync(`${path}${beside}`, { force: true });
    return openDatabase(path);
  }
}

function openDatabase(path: string): DatabaseSync {
  const isNew = !existsSync(path);
  const database = new DatabaseSync(path);
  try {
    database.exec(schema);
    const { quick_check: found } = database.prepare("PRAGMA quick_check(1)").get() as { quick_check: string };
    if (found !== "ok") throw Object.assign(new Error("The marks are damaged."), { errcode: 11 });
    if (isNew) syncFolder(dirname(path));
    return database;
  } catch (thrown) {
    database.close();
    throw thrown;
  }
}

// SQLite's primary result codes: 11 corrupt, 26 not a database.
function isDamage(thrown: unknown): boolean {
  return [11, 26].includes(((thrown as { errcode?: number }).errcode ?? 0) & 0xff);
}
