// The SQL of a ledger's store, prepared once.
import type { DatabaseSync, StatementSync } from "node:sqlite";

/** The statements, by what they do. */
export type StoreStatements = Readonly<Record<StatementName, StatementSync>>;

type StatementName =
  | "putEntry"
  | "entry"
  | "entryId"
  | "entries"
  | "tile"
  | "putTile"
  | "putRefusal"
  | "refusals"
  | "putCheckpoint"
  | "checkpoint"
  | "latestCheckpoint"
  | "checkpoints"
  | "stateRows"
  | "checkpointFrom"
  | "checkpointBefore";

/** Prepares every statement. Throws when a table or a column is missing. */
export function storeStatements(database: DatabaseSync): StoreStatements {
  return {
    putEntry: database.prepare("INSERT INTO entry VALUES (?, ?, ?)"),
    entry: database.prepare("SELECT bytes FROM entry WHERE idx = ?"),
    entryId: database.prepare("SELECT id FROM entry WHERE idx = ?"),
    entries: database.prepare("SELECT bytes FROM entry WHERE idx >= ? AND idx < ? ORDER BY idx"),
    tile: database.prepare("SELECT hashes FROM tile WHERE level = ? AND number = ?"),
    putTile: database.prepare("INSERT OR REPLACE INTO tile VALUES (?, ?, ?)"),
    putRefusal: database.prepare("INSERT INTO refusal (id, kind, code, recordedAt) VALUES (?, ?, ?, ?)"),
    refusals: database.prepare("SELECT id, kind, code, recordedAt FROM refusal ORDER BY seq DESC LIMIT ?"),
    putCheckpoint: database.prepare("INSERT OR REPLACE INTO checkpoint VALUES (?, ?)"),
    checkpoint: database.prepare("SELECT note FROM checkpoint WHERE size = ?"),
    latestCheckpoint: database.prepare("SELECT size, note FROM checkpoint ORDER BY size DESC LIMIT 1"),
    checkpoints: database.prepare("SELECT size, note FROM checkpoint ORDER BY size"),
    stateRows: database.prepare("SELECT key, value FROM state"),
    checkpointFrom: database.prepare("SELECT size, note FROM checkpoint WHERE size >= ? ORDER BY size LIMIT 1"),
    checkpointBefore: database.prepare("SELECT size, note FROM checkpoint WHERE size < ? ORDER BY size DESC LIMIT 1"),
  };
}
