// What writes a ledger's database: each change in one transaction with the head, and nothing more once a write has failed.
import { statSync } from "node:fs";
import type { DatabaseSync } from "node:sqlite";
import { asLedgerError, type LedgerError } from "../ledger-error.ts";
import { filedHeadRow, type HeadRow, headRows } from "./head-row.ts";
import { readSeal, removeSeal, sealOf, writeSeal } from "./seal.ts";
import { settle } from "./settling.ts";

/** Writes one database. All methods throw LedgerError. */
export interface Writer {
  /** The head as committed. */
  head(): HeadRow;
  /** Writes durably: what `change` writes, and the head that it returns. When it throws, nothing of it is kept, and nothing more written. */
  write(change: (head: HeadRow) => Written): void;
  /** Throws when what memory holds may be other than what is on disk. */
  checkReadable(): void;
  /** Tells whether the file was changed between its sealing and its opening; false as well when it was not sealed, or has been written since. */
  fileDiffers(): boolean;
  /** Moves everything into the file, closes and seals it. What a failing disk does not let it move stays in the write-ahead log. */
  close(): void;
}

/** What a change has written: the head after it, and about how many bytes. */
export interface Written {
  readonly head: HeadRow;
  readonly bytes: number;
}

/** What a writer needs to know besides its database. */
export interface WriterOptions {
  readonly readOnly: boolean;
  /** About how many bytes are written before they are moved from the write-ahead log into the file. */
  readonly settleAfterBytes: number;
  /** Forgets what memory holds of a change that was taken back. */
  readonly undo: () => void;
}

/** What a commit writes besides what it is given: pages of the head, of tables' ends, of indexes. */
const commitBytes = 32_768;

/** Takes over writing the database in `path`. Throws STORE_CORRUPT when its head is not what was written. */
export function openWriter(database: DatabaseSync, path: string, options: WriterOptions): Writer {
  const heads = headRows(database);
  const logged = heads.read();
  // That everything was moved counts only when the file says so itself.
  const isSettled = filedHeadRow(path)?.settled === logged.generation;
  let head: HeadRow = { ...logged, settled: isSettled ? logged.generation : logged.generation - 1 };
  let unsettledBytes = statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0;
  let seal = readSeal(path);
  let isSealed = seal !== undefined;
  let failure: LedgerError | undefined;
  let isReadable = true;

  function transact(change: (head: HeadRow) => Written): void {
    database.exec("BEGIN IMMEDIATE");
    if (isSealed) removeSeal(path);
    isSealed = false;
    const generation = head.settled === head.generation ? head.generation + 1 : head.generation;
    const written = change({ ...head, generation });
    heads.write(written.head);
    database.exec("COMMIT");
    head = written.head;
    unsettledBytes += written.bytes + commitBytes;
  }

  function settleAll(): boolean {
    seal = undefined;
    unsettledBytes = 0;
    const settled = { ...head, settled: head.generation };
    if (!settle(database, path, () => heads.write(settled))) return false;
    head = settled;
    return true;
  }

  function takeBack(): void {
    isReadable = false;
    if (database.isTransaction) database.exec("ROLLBACK");
    options.undo();
    isReadable = true;
  }

  function checkReadable(): void {
    if (!isReadable) throw failure;
  }

  return {
    head: () => head,
    checkReadable,

    write: (change) => {
      if (failure !== undefined) throw failure;
      try {
        if (unsettledBytes >= options.settleAfterBytes) settleAll();
        transact(change);
      } catch (thrown) {
        // A disk that failed once is not asked again: after a failed flush nobody knows what it holds.
        failure = asLedgerError(thrown);
        attempt(takeBack);
        throw failure;
      }
    },

    fileDiffers: () => seal !== undefined && seal !== sealOf(path),

    close: () => {
      if (!database.isOpen) return;
      const isChanged = !isSealed && !options.readOnly && failure === undefined;
      const isWhole =
        isChanged && attempt(() => (head.settled === head.generation && unsettledBytes === 0) || settleAll());
      database.close();
      if (isWhole) attempt(() => writeSeal(path));
    },
  };
}

// What may fail without harm: everything committed is in the write-ahead log, and whoever opens the ledger next finds it there.
function attempt<Result>(action: () => Result): Result | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}
