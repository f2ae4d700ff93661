// The contract's state on disk: rows appended in the order of their creation, found by a log-structured index, the busiest kept at hand.
import type { DatabaseSync } from "node:sqlite";
import type { Write } from "@fiducial/contract";
import { canonicalJson, type Json, sha256, utf8 } from "@fiducial/core";
import { fingerprint52, openKeyIndex } from "./key-index.ts";
import { recentValues } from "./recent-values.ts";

/** Rows of the contract's state. `write` belongs inside the caller's transaction; after a rollback, call `reload`. */
export interface StateRows {
  get(key: string): Json | undefined;
  write(writes: readonly Write[]): void;
  /** Tells whether whoever asks for `key` comes to row `row`. */
  leadsTo(key: string, row: number): boolean;
  reload(): void;
}

/** A row as memory has it; without `row`, the key is known to be absent. */
interface KnownRow {
  readonly fingerprint: number;
  readonly row: number | undefined;
  readonly value: Json | undefined;
}

const rowsAtHand = 4096;

/** Opens the state rows of a ledger's database. */
export function openStateRows(database: DatabaseSync): StateRows {
  const index = openKeyIndex(database, "state");
  const sql = {
    row: database.prepare("SELECT key, value FROM state WHERE row = ?"),
    insert: database.prepare("INSERT INTO state (key, value) VALUES (?, ?)"),
    update: database.prepare("UPDATE state SET value = ? WHERE row = ?"),
  };
  let known = recentValues<KnownRow>(rowsAtHand);

  function find(key: string): KnownRow {
    const found = known.get(key);
    if (found !== undefined) return found;
    const row = read(key);
    known.set(key, row);
    return row;
  }

  function read(key: string): KnownRow {
    const fingerprint = fingerprintOf(key);
    for (const row of index.candidates(fingerprint)) {
      const found = sql.row.get(row) as { key: string; value: string | null } | undefined;
      if (found?.key !== key) continue;
      return { fingerprint, row, value: found.value === null ? undefined : (JSON.parse(found.value) as Json) };
    }
    return { fingerprint, row: undefined, value: undefined };
  }

  function put([key, value]: Write): void {
    const text = value === null ? null : canonicalJson(value);
    const { fingerprint, row: before } = find(key);
    const row = before ?? Number(sql.insert.run(key, text).lastInsertRowid);
    if (before === undefined) index.add(fingerprint, row);
    else sql.update.run(text, row);
    known.set(key, { fingerprint, row, value: value ?? undefined });
  }

  return {
    get: (key) => find(key).value,
    write: (writes) => {
      for (const write of writes) put(write);
      index.flush();
    },
    leadsTo: (key, row) => index.candidates(fingerprintOf(key)).includes(row),
    reload: () => {
      known = recentValues(rowsAtHand);
      index.reload();
    },
  };
}

function fingerprintOf(key: string): number {
  return fingerprint52(sha256(utf8(key)));
}
