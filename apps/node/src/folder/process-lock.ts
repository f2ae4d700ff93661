// A lock that one process at a time has. docs/decisions/0014-locks-held-by-sqlite.md.
import { DatabaseSync } from "node:sqlite";

/** Takes the lock in the file at `path`, making it, and returns what lets go of it. Throws what SQLite throws: `isLocked` tells whether another has it. */
export function processLock(path: string): () => void {
  const database = new DatabaseSync(path);
  try {
    // The operating system lets go of it when a process dies, however it dies.
    database.exec("PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE");
  } catch (thrown) {
    database.close();
    throw thrown;
  }
  return () => database.close();
}

/** Whether what was thrown says that another has the lock. */
export function isLocked(thrown: unknown): boolean {
  return (thrown as { errcode?: number }).errcode === sqliteBusy;
}

const sqliteBusy = 5;
