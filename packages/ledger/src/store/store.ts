// A ledger on disk: entries, tree, contract state, outcomes and checkpoints, committed together or not at all.
import { closeSync, openSync } from "node:fs";
import { backup, type DatabaseSync } from "node:sqlite";
import type { State, StatementRow, Write } from "@fiducial/contract";
import { fromHex, parseEntry, type Tile, type TileGrowth, toHex } from "@fiducial/core";
import { asLedgerError, asStoreError, LedgerError } from "../ledger-error.ts";
import { advanceRefusals, firstHeadRow, type Head, type HeadRow, headRows } from "./head-row.ts";
import { type Inspection, inspect } from "./inspection.ts";
import { fingerprint52, type KeyIndex, openKeyIndex } from "./key-index.ts";
import { openDatabase } from "./schema.ts";
import { checkTogether } from "./settling.ts";
import { openStateRows, type StateRows } from "./state-rows.ts";
import { type StoreStatements, storeStatements } from "./statements.ts";
import { openWriter, type Written } from "./writer.ts";

export type { Head } from "./head-row.ts";

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
  /** Writes a batch durably. When it throws, nothing of the batch is kept, in memory neither, and nothing more is written. */
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
  /** What an audit asks besides. */
  inspection(): Inspection;
  /** Whether the file was changed after the ledger was closed and before it was opened, now or at an earlier time on record. Reads all of it. */
  fileDiffers(): boolean;
  /** As `fileDiffers`, a little at a time, while the ledger is in use. What it finds outlasts the first writing. Rejects when it is told to stop. */
  checkSeal(signal?: AbortSignal): Promise<boolean>;
  /** What is known of that without reading the file, also after closing. */
  isKnownToDiffer(): boolean;
  /** Keeps a checkpoint's note: signed, or with cosignatures added. */
  putCheckpoint(size: number, note: string): void;
  checkpoint(size: number): string | undefined;
  latestCheckpoint(): { readonly size: number; readonly note: string } | undefined;
  /** The smallest checkpoint that covers `size` entries. */
  checkpointFrom(size: number): { readonly size: number; readonly note: string } | undefined;
  /** The largest checkpoint of fewer than `size` entries. */
  checkpointBefore(size: number): { readonly size: number; readonly note: string } | undefined;
  /** Copies the ledger as it is at one moment to a new file (0600), while it is in use. */
  backup(path: string): Promise<void>;
  close(): void;
}

/** How a ledger is opened. */
export interface StoreOptions {
  /** For a log that ended: nothing is written, and the file must be there. */
  readonly readOnly?: boolean;
  /** About how many bytes are written before they are moved from the write-ahead log into the file. */
  readonly settleAfterBytes?: number;
}

/** 4 MiB between two looks at other work. */
const pagesAtOnce = 1024;
/** About what a row of the contract's state takes. */
const rowBytes = 256;

/** Opens the ledger in `path`, a SQLite file, making it when it is not there. Throws LedgerError. */
export function openStore(path: string, options: StoreOptions = {}): Store {
  const { readOnly = false, settleAfterBytes = 1 << 26 } = options;
  const begin = (database: DatabaseSync) => headRows(database).write(firstHeadRow);
  checkTogether(path);
  const database = openDatabase(path, { readOnly, begin });
  try {
    return storeOf(database, path, { readOnly, settleAfterBytes });
  } catch (thrown) {
    database.close();
    throw asStoreError(thrown);
  }
}

function storeOf(database: DatabaseSync, path: string, options: Required<StoreOptions>): Store {
  const ids = openKeyIndex(database, "id");
  const rows = openStateRows(database);
  const sql = storeStatements(database);
  const undo = () => {
    ids.reload();
    rows.reload();
  };
  const writer = openWriter(database, path, { ...options, undo });
  const tables = { sql, ids, rows };

  function indexOf(id: string): number | undefined {
    const digest = fromHex(id);
    if (digest?.length !== 32) return undefined;
    return ids.candidates(fingerprint52(digest)).find((index) => {
      const row = sql.entryId.get(index) as { id: Uint8Array } | undefined;
      return row !== undefined && toHex(row.id) === id;
    });
  }

  function statement(id: string): StatementRow | undefined {
    const index = indexOf(id);
    if (index === undefined) return undefined;
    const entry = parseEntry((sql.entry.get(index) as { bytes: Uint8Array }).bytes);
    if (entry === undefined) throw new LedgerError("STORE_CORRUPT", { index });
    const { kind, signers } = entry.statement.content;
    return { index, kind, organization: signers[0].organization };
  }

  const checked =
    <Arguments extends unknown[], Result>(action: (...given: Arguments) => Result) =>
    (...given: Arguments): Result => {
      writer.checkReadable();
      try {
        return action(...given);
      } catch (thrown) {
        throw asStoreError(thrown);
      }
    };

  return {
    head: () => headOf(writer.head()),
    state: { get: checked(rows.get), statement: checked(statement) },
    indexOf: checked(indexOf),
    commit: (batch) => writer.write((head) => writeBatch(tables, head, batch)),
    entry: checked((index) => (sql.entry.get(index) as { bytes: Uint8Array } | undefined)?.bytes),
    entries: checked((from, to) => (sql.entries.all(from, to) as { bytes: Uint8Array }[]).map(({ bytes }) => bytes)),
    tile: checked(({ level, index }) => (sql.tile.get(level, index) as { hashes: Uint8Array } | undefined)?.hashes),
    refusals: checked((limit) =>
      (sql.refusals.all(limit) as unknown as (Omit<RefusalRow, "id"> & { id: Uint8Array })[]).map((row) => ({
        ...row,
        id: toHex(row.id),
      })),
    ),
    stateRows: () =>
      each(sql.stateRows, ({ key, value }: { key: string; value: string | null }) => [key, value] as const),
    checkpoints: () => each(sql.checkpoints, ({ size, note }: { size: number; note: string }) => ({ size, note })),
    damage: checked(() => {
      const [first] = database.prepare("PRAGMA integrity_check(1)").all() as { integrity_check: string }[];
      return first === undefined || first.integrity_check === "ok" ? undefined : first.integrity_check;
    }),
    inspection: checked(() => inspect(database, writer.head(), rows)),
    fileDiffers: checked(writer.fileDiffers),
    checkSeal: writer.checkSeal,
    isKnownToDiffer: writer.isKnownToDiffer,
    putCheckpoint: (size, note) =>
      writer.write((head) => {
        sql.putCheckpoint.run(size, note);
        return { head, bytes: note.length };
      }),
    checkpoint: checked((size) => (sql.checkpoint.get(size) as { note: string } | undefined)?.note),
    latestCheckpoint: checked(() => sql.latestCheckpoint.get() as { size: number; note: string } | undefined),
    checkpointFrom: checked((size) => sql.checkpointFrom.get(size) as { size: number; note: string } | undefined),
    checkpointBefore: checked((size) => sql.checkpointBefore.get(size) as { size: number; note: string } | undefined),
    backup: async (target) => {
      try {
        closeSync(openSync(target, "wx", 0o600));
        await backup(database, target, { rate: pagesAtOnce });
      } catch (thrown) {
        throw asLedgerError(thrown);
      }
    },
    close: writer.close,
  };
}

interface Tables {
  readonly sql: StoreStatements;
  readonly ids: KeyIndex;
  readonly rows: StateRows;
}

// Writes what a batch changes; the head after it is for the writer to write.
function writeBatch({ sql, ids, rows }: Tables, head: HeadRow, batch: Batch): Written {
  let index = head.edge.size;
  for (const { id, bytes } of batch.entries) {
    sql.putEntry.run(index, id, bytes);
    ids.add(fingerprint52(id), index++);
  }
  for (const growth of batch.tiles) sql.putTile.run(growth.level, growth.index, grown(sql, growth));
  rows.write(batch.writes);
  let { refusals } = head;
  for (const { id, kind, code, recordedAt } of batch.refusals) {
    sql.putRefusal.run(fromHex(id) as Uint8Array, kind, code, recordedAt);
    refusals = advanceRefusals(refusals, [id, kind, code, recordedAt]);
  }
  ids.flush();
  return { head: { ...head, ...batch.head, refusals }, bytes: sizeOf(batch) };
}

function grown(sql: StoreStatements, { level, index, offset, hashes }: TileGrowth): Uint8Array {
  if (offset === 0) return hashes;
  const before = (sql.tile.get(level, index) as { hashes: Uint8Array } | undefined)?.hashes;
  if (before === undefined || before.length < 32 * offset)
    throw new LedgerError("STORE_CORRUPT", { level, tile: index });
  const bytes = new Uint8Array(32 * offset + hashes.length);
  bytes.set(before.subarray(0, 32 * offset));
  bytes.set(hashes, 32 * offset);
  return bytes;
}

function headOf({ position, recordedAt, edge, stateDigest }: Head): Head {
  return { position, recordedAt, edge, stateDigest };
}

function sizeOf({ entries, tiles, writes }: Batch): number {
  const bytes = [...entries.map((entry) => entry.bytes.length), ...tiles.map(({ hashes }) => hashes.length)];
  return bytes.reduce((sum, length) => sum + length, writes.length * rowBytes);
}

function* each<Row, Item>(statement: { iterate(): Iterable<unknown> }, item: (row: Row) => Item): Iterable<Item> {
  try {
    for (const row of statement.iterate()) yield item(row as Row);
  } catch (thrown) {
    throw asStoreError(thrown);
  }
}
