// A ledger on disk: entries, tree, contract state, outcomes and checkpoints, committed together or not at all.
import { closeSync, openSync } from "node:fs";
import { backup } from "node:sqlite";
import type { State, StatementRow, Write } from "@fiducial/contract";
import {
  decodeTreeEdge,
  emptyEdge,
  encodeTreeEdge,
  fromHex,
  parseEntry,
  type Tile,
  type TileGrowth,
  type TreeEdge,
  toHex,
} from "@fiducial/core";
import { asLedgerError, LedgerError } from "../ledger-error.ts";
import { fingerprint52, openKeyIndex } from "./key-index.ts";
import { openDatabase } from "./schema.ts";
import { openStateRows } from "./state-rows.ts";

/** Where a ledger stands after a batch. */
export interface Head {
  readonly position: number;
  /** Empty before the first batch. */
  readonly recordedAt: string;
  readonly edge: TreeEdge;
  readonly stateDigest: Uint8Array;
}

/** A statement that was ordered and refused. */
export interface RefusalRow {
  readonly id: string;
  readonly kind: string;
  readonly code: string;
  readonly recordedAt: string;
}

/** Everything that one batch changes. */
export interface Batch {
  readonly head: Head;
  readonly entries: readonly { readonly id: Uint8Array; readonly bytes: Uint8Array }[];
  readonly tiles: readonly TileGrowth[];
  readonly writes: readonly Write[];
  readonly refusals: readonly RefusalRow[];
}

/** A ledger's store. Reads see committed batches only. All methods throw LedgerError. */
export interface Store {
  head(): Head;
  /** The contract's state as committed. */
  readonly state: State;
  /** Writes a batch durably. When it throws, nothing of the batch is kept, in memory neither. */
  commit(batch: Batch): void;
  entry(index: number): Uint8Array | undefined;
  /** Entries [from, to), fewer when the log ends before. */
  entries(from: number, to: number): Uint8Array[];
  /** The index of an accepted statement. */
  indexOf(id: string): number | undefined;
  /** A tile's hashes as far as they are there, maybe more than the tile's width. */
  tile(tile: Pick<Tile, "level" | "index">): Uint8Array | undefined;
  /** The newest refusals first. */
  refusals(limit: number): RefusalRow[];
  /** Every row of the contract's state as it lies on disk, in no order that means anything. */
  stateRows(): Iterable<readonly [key: string, value: string | null]>;
  /** Every checkpoint, the smallest first. */
  checkpoints(): Iterable<{ readonly size: number; readonly note: string }>;
  /** What SQLite itself finds wrong with the file, or undefined. */
  damage(): string | undefined;
  /** Keeps a checkpoint's note: signed, or with cosignatures added. */
  putCheckpoint(size: number, note: string): void;
  checkpoint(size: number): string | undefined;
  latestCheckpoint(): { readonly size: number; readonly note: string } | undefined;
  /** The smallest checkpoint that covers `size` entries. */
  checkpointFrom(size: number): { readonly size: number; readonly note: string } | undefined;
  /** Copies the ledger as it is at one moment to a new file (0600), while it is in use. */
  backup(path: string): Promise<void>;
  close(): void;
}

/** How a ledger is opened. */
export interface StoreOptions {
  /** For a log that ended: nothing is written, and the file must be there. */
  readonly readOnly?: boolean;
}

const emptyHead: Head = { position: 0, recordedAt: "", edge: emptyEdge, stateDigest: new Uint8Array(32) };

/** 4 MiB between two looks at other work. */
const pagesAtOnce = 1024;

/** Opens the ledger in `path`, a SQLite file, making it when it is not there. Throws LedgerError. */
export function openStore(path: string, { readOnly = false }: StoreOptions = {}): Store {
  const database = openDatabase(path, readOnly);
  const sql = {
    head: database.prepare("SELECT position, recordedAt, edge, stateDigest FROM head"),
    putHead: database.prepare("INSERT OR REPLACE INTO head VALUES (1, ?, ?, ?, ?)"),
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
  };
  const ids = openKeyIndex(database, "id");
  const rows = openStateRows(database);
  let head = readHead();

  function readHead(): Head {
    const row = sql.head.get() as
      | { position: number; recordedAt: string; edge: Uint8Array; stateDigest: Uint8Array }
      | undefined;
    return row === undefined ? emptyHead : { ...row, edge: decodeTreeEdge(row.edge) };
  }

  function indexOf(id: string): number | undefined {
    const digest = fromHex(id);
    if (digest?.length !== 32) return undefined;
    return ids
      .candidates(fingerprint52(digest))
      .find((index) => toHex((sql.entryId.get(index) as { id: Uint8Array }).id) === id);
  }

  function statement(id: string): StatementRow | undefined {
    const index = indexOf(id);
    if (index === undefined) return undefined;
    const entry = parseEntry((sql.entry.get(index) as { bytes: Uint8Array }).bytes);
    if (entry === undefined) throw new LedgerError("STORE_CORRUPT", { index });
    const { kind, signers } = entry.statement.content;
    return { index, kind, organization: signers[0].organization };
  }

  function write({ head: next, entries, tiles, writes, refusals }: Batch): void {
    let index = head.edge.size;
    for (const { id, bytes } of entries) {
      sql.putEntry.run(index, id, bytes);
      ids.add(fingerprint52(id), index++);
    }
    for (const { level, index: number, offset, hashes } of tiles)
      sql.putTile.run(level, number, grown(level, number, offset, hashes));
    rows.write(writes);
    for (const { id, kind, code, recordedAt } of refusals)
      sql.putRefusal.run(fromHex(id) as Uint8Array, kind, code, recordedAt);
    ids.flush();
    sql.putHead.run(next.position, next.recordedAt, encodeTreeEdge(next.edge), next.stateDigest);
  }

  function grown(level: number, number: number, offset: number, hashes: Uint8Array): Uint8Array {
    if (offset === 0) return hashes;
    const before = (sql.tile.get(level, number) as { hashes: Uint8Array }).hashes;
    const bytes = new Uint8Array(32 * offset + hashes.length);
    bytes.set(before.subarray(0, 32 * offset));
    bytes.set(hashes, 32 * offset);
    return bytes;
  }

  const checked =
    <Arguments extends unknown[], Result>(action: (...given: Arguments) => Result) =>
    (...given: Arguments): Result => {
      try {
        return action(...given);
      } catch (thrown) {
        throw asLedgerError(thrown);
      }
    };

  return {
    head: () => head,
    state: { get: checked(rows.get), statement: checked(statement) },
    indexOf: checked(indexOf),

    commit: checked((batch: Batch) => {
      try {
        database.exec("BEGIN IMMEDIATE");
        write(batch);
        database.exec("COMMIT");
        head = batch.head;
      } catch (thrown) {
        if (database.isTransaction) database.exec("ROLLBACK");
        ids.reload();
        rows.reload();
        throw thrown;
      }
    }),

    entry: checked((index) => (sql.entry.get(index) as { bytes: Uint8Array } | undefined)?.bytes),
    entries: checked((from, to) => (sql.entries.all(from, to) as { bytes: Uint8Array }[]).map(({ bytes }) => bytes)),
    tile: checked(({ level, index }) => (sql.tile.get(level, index) as { hashes: Uint8Array } | undefined)?.hashes),
    refusals: checked((limit) =>
      (sql.refusals.all(limit) as unknown as (Omit<RefusalRow, "id"> & { id: Uint8Array })[]).map((row) => ({
        ...row,
        id: toHex(row.id),
      })),
    ),
    *stateRows() {
      for (const { key, value } of sql.stateRows.iterate() as Iterable<{ key: string; value: string | null }>)
        yield [key, value] as const;
    },
    *checkpoints() {
      for (const { size, note } of sql.checkpoints.iterate() as Iterable<{ size: number; note: string }>)
        yield { size, note };
    },
    damage: () => {
      const [first] = database.prepare("PRAGMA integrity_check(1)").all() as { integrity_check: string }[];
      return first === undefined || first.integrity_check === "ok" ? undefined : first.integrity_check;
    },
    putCheckpoint: checked((size: number, note: string) => void sql.putCheckpoint.run(size, note)),
    checkpoint: checked((size) => (sql.checkpoint.get(size) as { note: string } | undefined)?.note),
    latestCheckpoint: checked(() => sql.latestCheckpoint.get() as { size: number; note: string } | undefined),
    checkpointFrom: checked((size) => sql.checkpointFrom.get(size) as { size: number; note: string } | undefined),
    backup: async (target) => {
      try {
        closeSync(openSync(target, "wx", 0o600));
        await backup(database, target, { rate: pagesAtOnce });
      } catch (thrown) {
        throw asLedgerError(thrown);
      }
    },
    close: checked(() => database.close()),
  };
}
