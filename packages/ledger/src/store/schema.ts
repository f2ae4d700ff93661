// The tables of ledger.db. One transaction per batch writes all of them. DESIGN § 7.
import { chmodSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { asLedgerError, LedgerError } from "../ledger-error.ts";

/** "Fidu", so that another program's database is told apart. SQLite header, offset 68. */
const applicationId = 0x46_69_64_75;
/** Grows with every change of these tables. */
export const schemaVersion = 1;

const tables = `
  CREATE TABLE entry (idx INTEGER PRIMARY KEY, id BLOB NOT NULL, bytes BLOB NOT NULL) STRICT;
  CREATE TABLE tile (level INTEGER NOT NULL, number INTEGER NOT NULL, hashes BLOB NOT NULL, PRIMARY KEY (level, number)) STRICT;
  CREATE TABLE state (row INTEGER PRIMARY KEY, key TEXT NOT NULL, value TEXT) STRICT;
  CREATE TABLE refusal (seq INTEGER PRIMARY KEY, id BLOB NOT NULL, kind TEXT NOT NULL, code TEXT NOT NULL, recordedAt TEXT NOT NULL) STRICT;
  CREATE TABLE checkpoint (size INTEGER PRIMARY KEY, note TEXT NOT NULL) STRICT;
  CREATE TABLE head (only INTEGER PRIMARY KEY CHECK (only = 1), position INTEGER NOT NULL, recordedAt TEXT NOT NULL, edge BLOB NOT NULL, stateDigest BLOB NOT NULL) STRICT;`;

/** Opens (and at first makes, unless it is only read) a ledger's database: write-ahead log, every commit flushed. Throws LedgerError. */
export function openDatabase(path: string, readOnly: boolean): DatabaseSync {
  try {
    const database = new DatabaseSync(path, { readOnly });
    database.exec("PRAGMA cache_size = -65536; PRAGMA busy_timeout = 5000");
    if (!readOnly)
      database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 4000");
    const version = pragma(database, "user_version");
    if (version === 0 && pragma(database, "application_id") === 0 && isEmpty(database)) create(database);
    else if (pragma(database, "application_id") !== applicationId) throw new LedgerError("FOLDER_FOREIGN");
    else if (version > schemaVersion) throw new LedgerError("FOLDER_NEWER", { found: version, known: schemaVersion });
    return database;
  } catch (thrown) {
    throw asLedgerError(thrown);
  }
}

/** Makes one file of a ledger that ended, which nobody has open, and lets nobody write to it. Throws LedgerError. */
export function putAwayStore(path: string): void {
  try {
    const database = new DatabaseSync(path);
    database.exec("PRAGMA journal_mode = DELETE");
    database.close();
    chmodSync(path, 0o400);
  } catch (thrown) {
    throw asLedgerError(thrown);
  }
}

function create(database: DatabaseSync): void {
  database.exec(
    `BEGIN; ${tables} PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${schemaVersion}; COMMIT`,
  );
}

function isEmpty(database: DatabaseSync): boolean {
  return database.prepare("SELECT 1 FROM sqlite_schema").get() === undefined;
}

function pragma(database: DatabaseSync, name: string): number {
  return Object.values(database.prepare(`PRAGMA ${name}`).get() as Record<string, number>)[0] as number;
}
