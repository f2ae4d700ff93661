// The tables of vault.db. A row that belongs to somebody goes with whom it belongs to: every table but `meta` hangs on `subject`. docs/formats/vault.md.
import { closeSync, openSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { VaultError } from "../vault-error.ts";

/** "FidV", so that another program's database is told apart. SQLite file format § 1.3, offset 68. */
const applicationId = 0x46_69_64_56;
/** Grows with every change of these tables. */
const schemaVersion = 1;

/** No column tells anything without the keys: lookups are HMACs, the rest is ciphertext and row numbers. */
const tables = `
  CREATE TABLE meta (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;

  CREATE TABLE subject (id INTEGER PRIMARY KEY, lookup BLOB NOT NULL UNIQUE, key BLOB NOT NULL, name BLOB) STRICT;
  CREATE TABLE identity (
    lookup BLOB NOT NULL, subject INTEGER NOT NULL REFERENCES subject ON DELETE CASCADE, bond BLOB NOT NULL,
    PRIMARY KEY (lookup, subject)) STRICT, WITHOUT ROWID;
  CREATE INDEX identity_subject ON identity (subject);
  CREATE TABLE scope_key (
    lookup BLOB PRIMARY KEY, subject INTEGER NOT NULL REFERENCES subject ON DELETE CASCADE, secret BLOB NOT NULL) STRICT, WITHOUT ROWID;
  CREATE INDEX scope_key_subject ON scope_key (subject);

  CREATE TABLE study (
    id INTEGER PRIMARY KEY, lookup BLOB NOT NULL UNIQUE,
    subject INTEGER NOT NULL REFERENCES subject ON DELETE CASCADE, handle BLOB NOT NULL) STRICT;
  CREATE INDEX study_subject ON study (subject);
  CREATE TABLE label (
    lookup BLOB NOT NULL, study INTEGER NOT NULL REFERENCES study ON DELETE CASCADE, bond BLOB NOT NULL,
    PRIMARY KEY (lookup, study)) STRICT, WITHOUT ROWID;
  CREATE INDEX label_study ON label (study);
  CREATE TABLE holder (
    id INTEGER PRIMARY KEY, subject INTEGER NOT NULL REFERENCES subject ON DELETE CASCADE,
    study INTEGER REFERENCES study ON DELETE CASCADE, facts BLOB NOT NULL) STRICT;
  CREATE INDEX holder_subject ON holder (subject);
  CREATE INDEX holder_study ON holder (study);

  CREATE TABLE part (
    id INTEGER PRIMARY KEY, statement BLOB NOT NULL, subject INTEGER NOT NULL REFERENCES subject ON DELETE CASCADE,
    study INTEGER REFERENCES study ON DELETE CASCADE, settled INTEGER NOT NULL, content BLOB NOT NULL) STRICT;
  CREATE INDEX part_statement ON part (statement);
  CREATE INDEX part_subject ON part (subject);
  CREATE INDEX part_study ON part (study);
  CREATE INDEX part_unsettled ON part (id) WHERE settled = 0;
  CREATE TABLE chunk (
    id INTEGER PRIMARY KEY, list BLOB NOT NULL, first INTEGER NOT NULL, count INTEGER NOT NULL,
    subject INTEGER NOT NULL REFERENCES subject ON DELETE CASCADE, part INTEGER REFERENCES part ON DELETE CASCADE,
    items BLOB NOT NULL, UNIQUE (list, first)) STRICT;
  CREATE INDEX chunk_subject ON chunk (subject);
  CREATE INDEX chunk_part ON chunk (part);
  CREATE TABLE object (
    lookup BLOB NOT NULL, part INTEGER NOT NULL REFERENCES part ON DELETE CASCADE, item INTEGER NOT NULL,
    PRIMARY KEY (lookup, part, item)) STRICT, WITHOUT ROWID;
  CREATE INDEX object_part ON object (part);`;

/** Opens (and at first makes, mode 0600) a vault's database: write-ahead log, every commit flushed, deleted bytes overwritten. */
export function openDatabase(path: string): DatabaseSync {
  makePrivateFile(path);
  const database = new DatabaseSync(path, { timeout: 5000, enableForeignKeyConstraints: true });
  try {
    database.exec(
      "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA cache_size = -32768",
    );
    const version = pragma(database, "user_version");
    if (version === 0 && pragma(database, "application_id") === 0 && isEmpty(database)) create(database);
    else if (pragma(database, "application_id") !== applicationId) throw new VaultError("VAULT_FOREIGN");
    else if (version > schemaVersion) throw new VaultError("VAULT_NEWER", { found: version, known: schemaVersion });
    return database;
  } catch (thrown) {
    database.close();
    throw thrown;
  }
}

/** Makes an empty file for its owner only, unless there is one: SQLite gives its log the same permissions. */
function makePrivateFile(path: string): void {
  closeSync(openSync(path, "a", 0o600));
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
