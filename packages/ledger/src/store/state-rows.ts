// The contract's state on disk: rows appended in the order of their creation, found by a log-structured index, the busiest kept at hand.
import type { DatabaseSync } from "node:sqlite";
import type { Write } from "@fiducial/contract";
import { canonicalJson, type Json, sha256, utf8 } from "@fiducial/core";
import { fingerprint52, openKeyIndex } from "./key-index.ts";

/** Rows of the contract's state. `write` belongs inside the caller's transaction; after a rollback, call `reload`. */
export interface StateRows {
  get(key: string): Json | undefined;
  write(writes: readonly Write[]): void;
  /** Tells whether whoever asks for `key` comes to row `row`. */
  leadsTo(key: string, row: number): boolean;
  reload(): void;
}

interface CachedRow {
  readonly row: number;
  readonly value: Json | undefined;
}

const cachedRows = 50_000;

/** Opens the state rows of a ledger's database. */
export function openStateRows(database: DatabaseSync): StateRows {
  const index = openKeyIndex(database, "state");
  const sql = {
    row: database.prepare("SELECT key, value FROM state WHERE row = ?"),
    insert: database.prepare("INSERT INTO state (key, value) VALUES (?, ?)"),
    update: database.prepare("UPDATE state SET value = ? WHERE row = ?"),
  };
  // Oldest first: a Map keeps the order of insertion.
  let cache = new Map<string, CachedRow>();

  function remember(key: string, row: CachedRow): void {
    cache.delete(key);
    cache.set(key, row);
    if (cache.size > cachedRows) cache.delete(cache.keys().next().value as string);
  }

  function find(key: string): CachedRow | undefined {
    const cached = cache.get(key);
    if (cached !== undefined) return cached;
    for (const row of index.candidates(fingerprintOf(key))) {
      const found = sql.row.get(row) as { key: string; value: string | null } | undefined;
      if (found?.key !== key) continue;
      const read = { row, value: found.value === null ? undefined : (JSON.parse(found.value) as Json) };
      remember(key, read);
      return read;
    }
    return undefined;
  }

  function put([key, value]: Write): void {
    const text = value === null ? null : canonicalJson(value);
    const before = find(key);
    const row = before?.row ?? Number(sql.insert.run(key, text).lastInsertRowid);
    if (before === undefined) index.add(fingerprintOf(key), row);
    else sql.update.run(text, row);
    remember(key, { row, value: value ?? undefined });
  }

  return {
    get: (key) => find(key)?.value,
    write: (writes) => {
      for (const write of writes) put(write);
      index.flush();
    },
    leadsTo: (key, row) => index.candidates(fingerprintOf(key)).includes(row),
    reload: () => {
      cache = new Map();
      index.reload();
    },
  };
}

function fingerprintOf(key: string): number {
  return fingerprint52(sha256(utf8(key)));
}
