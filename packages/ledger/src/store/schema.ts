// The tables of ledger.db. One transaction per batch writes all of them. DESIGN § 7.
import { chmodSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { asLedgerError, LedgerError } from "../ledger-error.ts";
import { removeSeal } from "./seal.ts";

/** "Fidu", so that another program's database is told apart. SQLite header, offset 68. */
const applicationId = 0x46_69_64_75;
/** Grows with every change of these tables. */
export const schemaVersion = 1;

// The head stands first: its page is the first after the schema's, so that whoever copies the file reads it before the rest.
const tables = `
  CREATE TABLE head (only INTEGER PRIMARY KEY CHECK (only = 1), position INTEGER NOT NULL, recordedAt TEXT NOT NULL, edge BLOB NOT NULL, stateDigest BLOB NOT NULL, refusals BLOB NOT NULL, generation INTEGER NOT NULL, settled INTEGER NOT NULL, digest BLOB NOT NULL) STRICT;
  CREATE TABLE entry (idx INTEGER PRIMARY KEY, id BLOB NOT NULL, bytes BLOB NOT NULL) STRICT;
  CREATE TABLE tile (level INTEGER NOT NULL, number INTEGER NOT NULL, hashes BLOB NOT NULL, PRIMARY KEY (level, number)) STRICT;
  CREATE TABLE state (row INTEGER PRIMARY KEY, key TEXT NOT NULL, value TEXT) STRICT;
  CREATE TABLE refusal (seq INTEGER PRIMARY KEY, id BLOB NOT NULL, kind TEXT NOT NULL, code TEXT NOT NULL, recordedAt TEXT NOT NULL) STRICT;
  CREATE TABLE checkpoint (size INTEGER PRIMARY KEY, note TEXT NOT NULL) STRICT;`;

const patienceMs = 2000;

/** How to open a database: only to read it, or with the rows that a new one begins with. */
export interface DatabaseOptions {
  readonly readOnly?: boolean;
  readonly begin?: (database: DatabaseSync) => void;
}

/** Opens (and at first makes, unless it is only read) a ledger's database: write-ahead log, every commit flushed. Throws LedgerError. */
export function openDatabase(path: string, { readOnly = false, begin }: DatabaseOptions = {}): DatabaseSync {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(path, { readOnly, timeout: patienceMs });
    const isNew = isUnwritten(database);
    if (isNew && readOnly) throw new LedgerError("FOLDER_FOREIGN");
    database.exec("PRAGMA cache_size = -65536");
    if (!readOnly) prepareToWrite(database, isNew, begin);
    return database;
  } catch (thrown) {
    database?.close();
    throw asLedgerError(thrown);
  }
}

/** Makes one file of a ledger that ended, which nobody has open, and lets nobody write to it. Throws LedgerError. */
export function putAwayStore(path: string): void {
  try {
    const database = new DatabaseSync(path);
    database.exec("PRAGMA journal_mode = DELETE");
    database.close();
    // The seal says what the file was before; beside it, it would also be taken for that of the ledger that comes after.
    removeSeal(path);
    chmodSync(path, 0o400);
  } catch (thrown) {
    throw asLedgerError(thrown);
  }
}

// Nothing of a foreign file is changed: not even its journal mode, before it is known to be ours.
function prepareToWrite(database: DatabaseSync, isNew: boolean, begin: DatabaseOptions["begin"]): void {
  // Six entries to a page, rather than one and much room for nothing: what is not written need not be flushed. Older files keep their size.
  database.exec("PRAGMA page_size = 16384; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
  // The store moves the write-ahead log itself: SQLite would keep to itself that flushing the file has failed.
  database.exec("PRAGMA wal_autocheckpoint = 0");
  database.exec("BEGIN IMMEDIATE");
  // A file that cannot be written opens for reading, and even begins to write, without a word; writing something tells.
  database.exec(`PRAGMA user_version = ${schemaVersion}`);
  if (!isNew) {
    database.exec("ROLLBACK");
    return;
  }
  database.exec(`${tables} PRAGMA application_id = ${applicationId}`);
  begin?.(database);
  database.exec("COMMIT");
}

// Tells whether the file has nothing in it yet; throws when what it has is not ours.
function isUnwritten(database: DatabaseSync): boolean {
  const version = pragma(database, "user_version");
  const application = pragma(database, "application_id");
  if (version === 0 && application === 0 && isEmpty(database)) return true;
  if (application !== applicationId) throw new LedgerError("FOLDER_FOREIGN");
  if (version > schemaVersion) throw new LedgerError("FOLDER_NEWER", { found: version, known: schemaVersion });
  return false;
}

function isEmpty(database: DatabaseSync): boolean {
  return database.prepare("SELECT 1 FROM sqlite_schema").get() === undefined;
}

function pragma(database: DatabaseSync, name: string): number {
  return Object.values(database.prepare(`PRAGMA ${name}`).get() as Record<string, number>)[0] as number;
}
