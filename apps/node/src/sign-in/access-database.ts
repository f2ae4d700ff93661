// access.db: who is signed in, and which machines may ask. Disposable: without it everybody signs in again and machines are given new secrets.
import { chmodSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { DataFolder } from "../folder/data-folder.ts";

// Of passkeys it has what the ledger has not, and nothing that is secret: what is lost of that is learned again when one signs in.
// Ids and secrets are there as SHA-256 digests only; what a session holds is sealed under a key that is made of its id.
const tables = `
  CREATE TABLE IF NOT EXISTS session (digest BLOB PRIMARY KEY, handle TEXT NOT NULL UNIQUE, subject TEXT NOT NULL, begunAt INTEGER NOT NULL, seenAt INTEGER NOT NULL, sealed BLOB NOT NULL) STRICT;
  CREATE INDEX IF NOT EXISTS session_subject ON session (subject);
  CREATE TABLE IF NOT EXISTS client (id TEXT PRIMARY KEY, digest BLOB NOT NULL, name TEXT NOT NULL, scopes TEXT NOT NULL, addedAt INTEGER NOT NULL, revokedAt INTEGER) STRICT;
  CREATE TABLE IF NOT EXISTS token (digest BLOB PRIMARY KEY, client TEXT NOT NULL, endsAt INTEGER NOT NULL, scopes TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS passkey (key TEXT PRIMARY KEY, credential BLOB NOT NULL, transports TEXT NOT NULL, counter INTEGER NOT NULL, usedAt INTEGER NOT NULL) STRICT;
  CREATE INDEX IF NOT EXISTS passkey_credential ON passkey (credential);`;

/** Opens the file, making it when it is not there. */
export function openAccessDatabase({ path }: Pick<DataFolder, "path">): DatabaseSync {
  const file = join(path, "access.db");
  const database = new DatabaseSync(file);
  database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA secure_delete = ON");
  keepByKey(database);
  database.exec(tables);
  if (process.platform !== "win32") chmodSync(file, 0o600);
  return database;
}

// Files of earlier versions have passkeys by an id, which two may claim; counters must not begin anew.
function keepByKey(database: DatabaseSync): void {
  const [first] = database.prepare("SELECT name FROM pragma_table_info('passkey')").all() as { name: string }[];
  if (first?.name !== "credential") return;
  database.exec("BEGIN IMMEDIATE; ALTER TABLE passkey RENAME TO passkey_by_id");
  database.exec(tables);
  database.exec("INSERT INTO passkey SELECT key, credential, transports, counter, usedAt FROM passkey_by_id");
  database.exec("DROP TABLE passkey_by_id; COMMIT");
}
