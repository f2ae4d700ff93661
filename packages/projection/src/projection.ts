// Read models folded from a log's entries: disposable, built again at will, never behind what they say they are. DESIGN § 7.
import { createHash } from "node:crypto";
import { DatabaseSync } from "node:sqlite";
import { parseEntry } from "@fiducial/core";
import { type AccessQueries, accessPart } from "./access/access-part.ts";
import { type DamageError, isDamage, isForeign, removeDatabase, watchDamage } from "./damage.ts";
import type { FoldedEntry } from "./fold.ts";
import { type IdentityQueries, identityPart } from "./identity/identity-part.ts";
import { type ImagingQueries, imagingPart } from "./imaging/imaging-part.ts";
import { type LogQueries, logPart } from "./log/log-part.ts";

/** The read models of one log. */
export interface Projection {
  /** How many entries have been folded in. */
  appliedSize(): number;
  /** Folds the entries that follow those folded in before, in one transaction. */
  apply(entries: readonly FoldedEntry[]): void;
  readonly log: LogQueries;
  readonly identity: IdentityQueries;
  readonly imaging: ImagingQueries;
  readonly access: AccessQueries;
  /** A digest over every row: equal for equal logs, whatever the batches were. Hex. */
  digest(): string;
  close(): void;
}

const parts = [logPart, identityPart, imagingPart, accessPart] as const;
/** What is in the file depends on the tables: another text, another projection. */
const version = Number.parseInt(
  createHash("sha256")
    .update(parts.map(({ tables }) => tables).join())
    .digest("hex")
    .slice(0, 7),
  16,
);

/**
 * Opens the projection in the SQLite file `path` (or in memory, ":memory:"). One made by other tables, or a file that is no whole database, is
 * thrown away and begun again. One that is found damaged later is thrown away too; what `damageError` makes is thrown from then on.
 */
export function openProjection(path: string, damageError: DamageError = (thrown) => thrown as Error): Projection {
  const { database, opened, size } = openParts(path);
  const { watched, watchedAll, close } = watchDamage(database, path, damageError);
  const folds = Object.values(opened).map(({ fold }) => fold);
  const setApplied = database.prepare("UPDATE applied SET size = ?");
  let applied = size;

  return {
    appliedSize: () => applied,
    log: watchedAll(opened.log.queries),
    identity: watchedAll(opened.identity.queries),
    imaging: watchedAll(opened.imaging.queries),
    access: watchedAll(opened.access.queries),

    apply: watched((entries: readonly FoldedEntry[]) => {
      for (const [at, { index }] of entries.entries())
        if (index !== applied + at) throw new RangeError(`Entry ${applied + at} comes next, not ${index}.`);
      database.exec("BEGIN");
      try {
        for (const entry of entries) for (const fold of folds) fold(entry);
        setApplied.run(applied + entries.length);
        database.exec("COMMIT");
        applied += entries.length;
      } catch (thrown) {
        // SQLite may have done so itself; what it said first is what counts.
        if (database.isTransaction) database.exec("ROLLBACK");
        throw thrown;
      }
    }),

    digest: watched(() => digestOf(database)),
    close,
  };
}

function openParts(path: string) {
  const database = openCurrent(path);
  try {
    const opened = {
      log: logPart.open(database),
      identity: identityPart.open(database),
      imaging: imagingPart.open(database),
      access: accessPart.open(database),
    };
    const { size } = database.prepare("SELECT size FROM applied").get() as { size: number };
    return { database, opened, size };
  } catch (thrown) {
    database.close();
    if (!isForeign(thrown)) throw thrown;
    removeDatabase(path);
    return openParts(path);
  }
}

function openCurrent(path: string): DatabaseSync {
  const database = new DatabaseSync(path);
  const found = versionIn(database);
  if (found === version) return database;
  if (found !== 0) {
    database.close();
    removeDatabase(path);
    return openCurrent(path);
  }
  database.exec(
    `BEGIN; CREATE TABLE applied (size INTEGER NOT NULL) STRICT; INSERT INTO applied VALUES (0); ${parts.map(({ tables }) => tables).join("")} PRAGMA user_version = ${version}; COMMIT`,
  );
  return database;
}

// The version of the tables, 0 in a new file; undefined where SQLite finds no whole database.
function versionIn(database: DatabaseSync): number | undefined {
  try {
    database.exec(
      "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -65536; PRAGMA busy_timeout = 5000",
    );
    return (database.prepare("PRAGMA user_version").get() as { user_version: number }).user_version;
  } catch (thrown) {
    if (isDamage(thrown)) return undefined;
    database.close();
    throw thrown;
  }
}

/** Reads the exact bytes of the entries from number `from` on. Throws TypeError for bytes that are no entry. */
export function foldedEntries(from: number, entries: readonly Uint8Array[]): FoldedEntry[] {
  return entries.map((bytes, at) => {
    const entry = parseEntry(bytes);
    if (entry === undefined) throw new TypeError(`Entry ${from + at} is malformed.`);
    const { findings, recordedAt, statement } = entry;
    return { index: from + at, findings, recordedAt, id: statement.id, content: statement.content };
  });
}

function digestOf(database: DatabaseSync): string {
  const hasher = createHash("sha256");
  const tables = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").all() as {
    name: string;
  }[];
  for (const { name } of tables) {
    hasher.update(`${name}\n`);
    const columns = database
      .prepare(`SELECT name FROM pragma_table_info('${name}')`)
      .all()
      .map((_, at) => at + 1);
    for (const row of database.prepare(`SELECT * FROM ${name} ORDER BY ${columns.join()}`).iterate())
      hasher.update(`${JSON.stringify(Object.values(row))}\n`);
  }
  return hasher.digest("hex");
}
