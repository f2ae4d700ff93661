// From a 52-bit fingerprint to the rows that may bear it: a log-structured index, because random-key B-tree writes cost most at scale.
// Recent keys lie in memory (and in small batches on disk, so that a start finds them again); older ones in sorted runs behind filters.
import type { DatabaseSync, StatementSync } from "node:sqlite";
import { LedgerError } from "../ledger-error.ts";
import { type BloomFilter, bloomFilter } from "./bloom-filter.ts";
import { recentKeys } from "./recent-keys.ts";
import { recentValues } from "./recent-values.ts";
import { bytesOf, chunkKeys, doubles, mergeRuns, pairsOf, type Run } from "./sorted-run.ts";

/** Keys in memory before they are written out as a run. */
const recentLimit = 1 << 16;
/** Runs of one level before they are merged into one of the next. */
const fanOut = 8;
const chunksAtHand = 2048;

/** One run as it lies in the database: chunks of sorted (key, row) pairs, found by each chunk's first key. */
interface StoredRun {
  readonly id: number;
  readonly level: number;
  readonly firstKeys: Float64Array;
  readonly filter: BloomFilter;
}

/** An index of one table of the database. `add` and `flush` belong inside the caller's transaction; after a rollback, call `reload`. */
export interface KeyIndex {
  /** Rows that were added under `key`; others whose 52 bits agree may be among them. */
  candidates(key: number): readonly number[];
  add(key: number, row: number): void;
  /** Writes what was added since the last flush; merges runs when it is time to. */
  flush(): void;
  reload(): void;
}

/** The first 52 bits of a digest as a number: exact in a double. */
export function fingerprint52(digest: Uint8Array): number {
  const high = (((digest[0] as number) << 12) | ((digest[1] as number) << 4) | ((digest[2] as number) >> 4)) >>> 0;
  const low =
    ((((digest[2] as number) & 15) << 28) |
      ((digest[3] as number) << 20) |
      ((digest[4] as number) << 12) |
      ((digest[5] as number) << 4) |
      ((digest[6] as number) >> 4)) >>>
    0;
  return high * 0x1_0000_0000 + low;
}

/** Opens the index `name` (a table-name part of our own choosing), creating its tables when they are missing. */
export function openKeyIndex(database: DatabaseSync, name: string): KeyIndex {
  const sql = statements(database, name);
  let recent = recentKeys();
  let added: number[] = [];
  let runs: StoredRun[] = [];
  let chunks = recentValues<Float64Array>(chunksAtHand);

  function reload(): void {
    recent = recentKeys();
    added = [];
    chunks = recentValues(chunksAtHand);
    runs = (sql.runs.all() as { id: number; level: number; firstKeys: Uint8Array; filter: Uint8Array }[]).map(
      (row) => ({
        id: row.id,
        level: row.level,
        firstKeys: doubles(row.firstKeys),
        filter: bloomFilter(row.filter.slice()),
      }),
    );
    for (const { pairs } of sql.batches.all() as { pairs: Uint8Array }[]) remember(doubles(pairs));
  }

  function remember(pairs: ArrayLike<number>): void {
    for (let at = 0; at < pairs.length; at += 2) recent.add(pairs[at] as number, pairs[at + 1] as number);
  }

  function chunkOf(run: StoredRun, number: number): Float64Array {
    const name = `${run.id}/${number}`;
    let chunk = chunks.get(name);
    if (chunk === undefined) {
      const stored = sql.chunk.get(run.id, number) as { pairs: Uint8Array } | undefined;
      if (stored === undefined) throw new LedgerError("STORE_CORRUPT", { run: run.id, chunk: number });
      chunk = doubles(stored.pairs);
      chunks.set(name, chunk);
    }
    return chunk;
  }

  function searchRun(run: StoredRun, key: number, found: number[]): void {
    if (!run.filter.mayHold(key)) return;
    // Equal keys may straddle chunks: begin where the key could first stand.
    for (
      let number = Math.max(0, lowerBound(run.firstKeys, key, 1) - 1);
      number < run.firstKeys.length && (run.firstKeys[number] as number) <= key;
      number++
    ) {
      const pairs = chunkOf(run, number);
      for (let at = 2 * lowerBound(pairs, key, 2); at < pairs.length && pairs[at] === key; at += 2)
        found.push(pairs[at + 1] as number);
    }
  }

  function writeRun(run: Run, level: number): void {
    const filter = bloomFilter(run.keys.length);
    for (const key of run.keys) filter.add(key);
    const firstKeys: number[] = [];
    const { id } = sql.nextId.get() as { id: number };
    for (let from = 0; from < run.keys.length; from += chunkKeys) {
      firstKeys.push(run.keys[from] as number);
      sql.addChunk.run(id, from / chunkKeys, bytesOf(pairsOf(run, from, Math.min(from + chunkKeys, run.keys.length))));
    }
    sql.addRun.run(id, level, bytesOf(Float64Array.from(firstKeys)), filter.bytes);
    runs.push({ id, level, firstKeys: Float64Array.from(firstKeys), filter });
  }

  function loadRun({ id, firstKeys }: StoredRun): Run {
    const parts =
      firstKeys.length === 0 ? [] : (sql.chunks.all(id) as { pairs: Uint8Array }[]).map(({ pairs }) => doubles(pairs));
    const keys = new Float64Array(parts.reduce((count, part) => count + part.length / 2, 0));
    const rows = new Float64Array(keys.length);
    let at = 0;
    for (const part of parts) {
      for (let index = 0; index < part.length; index += 2, at++) {
        keys[at] = part[index] as number;
        rows[at] = part[index + 1] as number;
      }
    }
    return { keys, rows };
  }

  function compact(level: number): void {
    const full = runs.filter((run) => run.level === level);
    if (full.length < fanOut) return;
    const merged = mergeRuns(full.map(loadRun));
    runs = runs.filter((run) => run.level !== level);
    chunks = recentValues(chunksAtHand);
    for (const { id } of full) {
      sql.dropRun.run(id);
      sql.dropChunks.run(id);
    }
    writeRun(merged, level + 1);
    compact(level + 1);
  }

  reload();
  return {
    candidates: (key) => {
      const found = recent.rows(key);
      for (const run of runs) searchRun(run, key, found);
      return found;
    },
    add: (key, row) => {
      recent.add(key, row);
      added.push(key, row);
    },
    flush: () => {
      if (recent.count >= recentLimit) {
        writeRun(recent.sorted(), 0);
        recent = recentKeys();
        sql.dropBatches.run();
        compact(0);
      } else if (added.length > 0) sql.addBatch.run(bytesOf(Float64Array.from(added)));
      added = [];
    },
    reload,
  };
}

function statements(
  database: DatabaseSync,
  name: string,
): Record<
  | "runs"
  | "batches"
  | "chunk"
  | "chunks"
  | "nextId"
  | "addRun"
  | "addChunk"
  | "addBatch"
  | "dropRun"
  | "dropChunks"
  | "dropBatches",
  StatementSync
> {
  database.exec(`
    CREATE TABLE IF NOT EXISTS ${name}_run (id INTEGER PRIMARY KEY, level INTEGER NOT NULL, firstKeys BLOB NOT NULL, filter BLOB NOT NULL) STRICT;
    CREATE TABLE IF NOT EXISTS ${name}_chunk (run INTEGER NOT NULL, number INTEGER NOT NULL, pairs BLOB NOT NULL, PRIMARY KEY (run, number)) STRICT;
    CREATE TABLE IF NOT EXISTS ${name}_batch (id INTEGER PRIMARY KEY, pairs BLOB NOT NULL) STRICT;`);
  return {
    runs: database.prepare(`SELECT id, level, firstKeys, filter FROM ${name}_run ORDER BY id`),
    batches: database.prepare(`SELECT pairs FROM ${name}_batch ORDER BY id`),
    chunk: database.prepare(`SELECT pairs FROM ${name}_chunk WHERE run = ? AND number = ?`),
    chunks: database.prepare(`SELECT pairs FROM ${name}_chunk WHERE run = ? ORDER BY number`),
    nextId: database.prepare(`SELECT coalesce(max(id), 0) + 1 AS id FROM ${name}_run`),
    addRun: database.prepare(`INSERT INTO ${name}_run VALUES (?, ?, ?, ?)`),
    addChunk: database.prepare(`INSERT INTO ${name}_chunk VALUES (?, ?, ?)`),
    addBatch: database.prepare(`INSERT INTO ${name}_batch (pairs) VALUES (?)`),
    dropRun: database.prepare(`DELETE FROM ${name}_run WHERE id = ?`),
    dropChunks: database.prepare(`DELETE FROM ${name}_chunk WHERE run = ?`),
    dropBatches: database.prepare(`DELETE FROM ${name}_batch`),
  };
}

// The first place, counted in steps of `stride`, whose key is not less than `key`.
function lowerBound(keys: Float64Array, key: number, stride: 1 | 2): number {
  let low = 0;
  let high = keys.length / stride;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((keys[middle * stride] as number) < key) low = middle + 1;
    else high = middle;
  }
  return low;
}
