// A small SQLite file of the node that is looked through when it is opened: one that is damaged is put aside, and another made.
import { existsSync, renameSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { NodeError } from "../node-error.ts";
import { syncFolder } from "./durable-file.ts";

/** Opens the database at `path`, durably made when it is not there, with `schema`. Throws SQLite's errors, CORRUPT (11) for one that is damaged. */
export function openCheckedDatabase(path: string, schema: string): DatabaseSync {
  const isNew = !existsSync(path);
  const database = new DatabaseSync(path);
  try {
    database.exec(durably + schema);
    const { quick_check: found } = database.prepare("PRAGMA quick_check(1)").get() as { quick_check: string };
    if (found !== "ok") throw Object.assign(new Error("The database is damaged."), { errcode: corrupt });
    if (isNew) syncFolder(dirname(path));
    return database;
  } catch (thrown) {
    database.close();
    throw thrown;
  }
}

/** Opens it; one that is damaged becomes ⟨path⟩.damaged, and `putAside` tells that what it held is gone. Throws FOLDER_NOT_WRITABLE. */
export function openOrPutAside(
  path: string,
  schema: string,
): { readonly database: DatabaseSync; readonly putAside: boolean } {
  try {
    return { database: openCheckedDatabase(path, schema), putAside: false };
  } catch (thrown) {
    if (!isDamage(thrown)) throw new NodeError("FOLDER_NOT_WRITABLE", {}, thrown);
    renameSync(path, `${path}.damaged`);
    for (const beside of ["-wal", "-shm"]) rmSync(`${path}${beside}`, { force: true });
    return { database: openCheckedDatabase(path, schema), putAside: true };
  }
}

const durably = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA secure_delete = ON;
`;

// SQLite's primary result codes.
const corrupt = 11;
const notADatabase = 26;

function isDamage(thrown: unknown): boolean {
  return [corrupt, notADatabase].includes(((thrown as { errcode?: number }).errcode ?? 0) & 0xff);
}
