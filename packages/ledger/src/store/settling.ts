// Moving the write-ahead log into the database file, so that a copy of both, made file by file while they grow, is whole or known not to be.
import { DatabaseSync } from "node:sqlite";
import { LedgerError } from "../ledger-error.ts";
import { filedHeadRow, loggedHeadRow } from "./head-row.ts";

/**
 * Moves everything into the file, then lets `mark` write, through the same log, that this is done, and moves that too. Only then may a new
 * log begin. Returns false when somebody else's reading kept it from getting to the end: then the log goes on.
 */
export function settle(database: DatabaseSync, path: string, mark: () => void): boolean {
  const reader = new DatabaseSync(path, { readOnly: true });
  try {
    // As long as somebody reads the end of the log, SQLite appends to it, and does not begin it anew once everything has been moved.
    reader.exec("BEGIN");
    reader.prepare("SELECT 1 FROM head").get();
    if (!moveAll(database)) return false;
    mark();
    reader.exec("COMMIT");
    return moveAll(database);
  } finally {
    reader.close();
  }
}

/**
 * Throws STORE_CORRUPT when the database file at `path` and the write-ahead log beside it do not belong together: copied one after the
 * other while the ledger grew, or one of them restored. Changes neither, and so comes before anybody opens them to write. The log of
 * generation n starts from a file into which all of generation n - 1 was moved, and whatever is moved from a log is still in it.
 */
export function checkTogether(path: string): void {
  const logged = loggedHeadRow(path);
  if (logged === undefined) return;
  const filed = filedHeadRow(path);
  if (filed === undefined) return;
  if (logged.generation > filed.settled + 1 || logged.position < filed.position)
    throw new LedgerError("STORE_CORRUPT", { generation: logged.generation, settled: filed.settled });
}

// Throws when the disk fails, which SQLite would not tell if it did this by itself.
function moveAll(database: DatabaseSync): boolean {
  const row = database.prepare("PRAGMA wal_checkpoint(PASSIVE)").get() as Record<
    "busy" | "log" | "checkpointed",
    number
  >;
  return row.busy === 0 && row.log === row.checkpointed;
}
