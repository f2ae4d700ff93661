// The head row: where a ledger stands, checked against its own digest, and how far its database file has been brought up to it.
import { DatabaseSync, type StatementSync } from "node:sqlite";
import { pathToFileURL } from "node:url";
import {
  canonicalJson,
  decodeTreeEdge,
  emptyEdge,
  encodeTreeEdge,
  equalBytes,
  sha256,
  type TreeEdge,
  toHex,
  utf8,
} from "@fiducial/core";
import { LedgerError } from "../ledger-error.ts";

/** Where a ledger stands after a batch. */
export interface Head {
  readonly position: number;
  /** Empty before the first batch. */
  readonly recordedAt: string;
  readonly edge: TreeEdge;
  readonly stateDigest: Uint8Array;
}

/** The head with what only the store cares for. */
export interface HeadRow extends Head {
  /** The running digest of all refusals: 32 bytes. */
  readonly refusals: Uint8Array;
  /** Which write-ahead log this was written through: how many there were before, and 1. */
  readonly generation: number;
  /** The last write-ahead log of which everything has been moved into the database file. */
  readonly settled: number;
}

/** The head of a ledger in which nothing was ever written. */
export const firstHeadRow: HeadRow = {
  position: 0,
  recordedAt: "",
  edge: emptyEdge,
  stateDigest: new Uint8Array(32),
  refusals: new Uint8Array(32),
  generation: 1,
  settled: 0,
};

const columns = "position, recordedAt, edge, stateDigest, refusals, generation, settled, digest";

/** Reads and writes the head row of a database. */
export interface HeadRows {
  /** Throws STORE_CORRUPT when it is not there, or not what was written. */
  read(): HeadRow;
  write(row: HeadRow): void;
}

/** Prepares the statements. */
export function headRows(database: DatabaseSync): HeadRows {
  const select = database.prepare(`SELECT ${columns} FROM head`);
  const put = database.prepare(`INSERT OR REPLACE INTO head (only, ${columns}) VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?)`);
  return {
    read: () => readRow(select),
    write: (row) => {
      const { position, recordedAt, edge, stateDigest, refusals, generation, settled } = row;
      const edgeBytes = encodeTreeEdge(edge);
      put.run(position, recordedAt, edgeBytes, stateDigest, refusals, generation, settled, digestOf(row));
    },
  };
}

/**
 * The head as the database file itself has it, whatever its write-ahead log says; `firstHeadRow` when nothing was moved there yet, undefined
 * when it cannot be read: power failed while just this page was moved, and is still in the log.
 */
export function filedHeadRow(path: string): HeadRow | undefined {
  const address = pathToFileURL(path);
  // Immutable: read without a look at the write-ahead log.
  address.searchParams.set("immutable", "1");
  try {
    return readAside(address);
  } catch (thrown) {
    const hasNoTable = (thrown as { errcode?: number }).errcode === 1;
    return hasNoTable ? firstHeadRow : undefined;
  }
}

/** The head as file and write-ahead log together have it, read without changing either; undefined when there is none to read. Throws STORE_CORRUPT. */
export function loggedHeadRow(path: string): HeadRow | undefined {
  try {
    return readAside(pathToFileURL(path));
  } catch (thrown) {
    if (thrown instanceof LedgerError) throw thrown;
    return undefined;
  }
}

// By a connection of its own, which never writes: not even what others move into the file when they close.
function readAside(address: URL): HeadRow {
  const database = new DatabaseSync(address, { readOnly: true, defensive: false });
  try {
    // A process that was killed while it moved pages leaves a file shorter than its header says, which SQLite reads only like this.
    database.exec("PRAGMA writable_schema = ON");
    return readRow(database.prepare(`SELECT ${columns} FROM head`));
  } finally {
    database.close();
  }
}

/** Returns the running digest of refusals after one more. */
export function advanceRefusals(before: Uint8Array, refusal: readonly [id: string, ...rest: string[]]): Uint8Array {
  return sha256(utf8("fiducial-refusals-v1\0"), before, utf8(canonicalJson(refusal)));
}

type StoredRow = Omit<HeadRow, "edge"> & { readonly edge: Uint8Array; readonly digest: Uint8Array };

function readRow(select: StatementSync): HeadRow {
  const stored = select.get() as StoredRow | undefined;
  if (stored === undefined) throw new LedgerError("STORE_CORRUPT", { table: "head" });
  const { digest, ...row } = { ...stored, edge: decodeTreeEdge(stored.edge) };
  if (!equalBytes(digest, digestOf(row))) throw new LedgerError("STORE_CORRUPT", { table: "head" });
  return row;
}

function digestOf({ edge, stateDigest, refusals, ...row }: HeadRow): Uint8Array {
  const hex = { edge: toHex(encodeTreeEdge(edge)), stateDigest: toHex(stateDigest), refusals: toHex(refusals) };
  return sha256(utf8("fiducial-head-v1\0"), utf8(canonicalJson({ ...row, ...hex })));
}
