// What writes a ledger's database: each change in one transaction with the head, and nothing more once a write has failed.
import { statSync } from "node:fs";
import type { DatabaseSync } from "node:sqlite";
import { asLedgerError, type LedgerError } from "../ledger-error.ts";
import { filedHeadRow, type HeadRow, headRows } from "./head-row.ts";
import {
  isDifferenceRecorded,
  readSeal,
  recordDifference,
  removeSeal,
  sealOf,
  sealOfGently,
  writeSeal,
} from "./seal.ts";
import { settle } from "./settling.ts";

/** Writes one database. All methods throw LedgerError. */
export interface Writer {
  /** The head as committed. */
  head(): HeadRow;
  /** Writes durably: what `change` writes, and the head that it returns. When it throws, nothing of it is kept, and nothing more written. */
  write(change: (head: HeadRow) => Written): void;
  /** Throws when what memory holds may be other than what is on disk. */
  checkReadable(): void;
  /** Tells whether the file was changed between its sealing and its opening, now or at an earlier time of which there is a record. False as well when it was not sealed. Reads all of it. */
  fileDiffers(): boolean;
  /** As `fileDiffers`, a little at a time while others write. Rejects when it is told to stop. */
  checkSeal(signal?: AbortSignal): Promise<boolean>;
  /** What is known of that without reading the file. */
  isKnownToDiffer(): boolean;
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
  // Whether the file has another seal than it had when it was closed; undefined before anybody has looked.
  let differs: boolean | undefined;
  let failure: LedgerError | undefined;
  let isReadable = true;

  function transact(change: (head: HeadRow) => Written): void {
    database.exec("BEGIN IMMEDIATE");
    if (isSealed) {
      if (differs === true) keepEvidence();
      removeSeal(path);
    }
    isSealed = false;
    const generation = head.settled === head.generation ? head.generation + 1 : head.generation;
    const written = change({ ...head, generation });
    heads.write(written.head);
    database.exec("COMMIT");
    head = written.head;
    unsettledBytes += written.bytes + commitBytes;
  }

  // Until something is moved into it the file is what it was when it was opened, whatever was written meanwhile.
  function keepEvidence(): void {
    if (seal === undefined || options.readOnly) return;
    differs ??= seal !== sealOf(path);
    if (differs) recordDifference(path, seal);
  }

  function settleAll(): boolean {
    // A disk that cannot tell what was must not keep anybody from writing what is.
    attempt(keepEvidence);
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

  function isKnownToDiffer(): boolean {
    return differs === true || isDifferenceRecorded(path);
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

    fileDiffers: () => isDifferenceRecorded(path) || (seal !== undefined && seal !== sealOf(path)),

    checkSeal: async (signal) => {
      const found = seal === undefined ? undefined : await sealOfGently(path, signal);
      // When something was moved into the file meanwhile, whoever moved it has looked before.
      if (seal !== undefined) differs = seal !== found;
      if (!isSealed) attempt(keepEvidence);
      return isKnownToDiffer();
    },

    isKnownToDiffer,

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
