// What can go wrong with a ledger on disk: one class, one table of codes.

/** Codes with what they mean and what to do. docs/errors.md is made of this. */
export const ledgerErrors = {
  FOLDER_NOT_WRITABLE:
    "The data folder cannot be written. Check its owner and permissions, or choose another with --data.",
  FOLDER_IN_USE: "Another process has this data folder open. Stop it, or talk to it with --node.",
  FOLDER_NEWER: "This data folder was written by a newer version of Fiducial. Install that version.",
  FOLDER_FOREIGN: "This folder holds something else than a Fiducial ledger. Choose another with --data.",
  DISK_FULL: "The disk is full. Nothing acknowledged was lost; free space and start again.",
  STORE_FAILED: "The disk refused to read or write. Nothing acknowledged was lost; check the disk and start again.",
  STORE_CORRUPT: "The stored ledger contradicts itself. Restore a backup, then run `fiducial audit`.",
  BACKUP_TOO_OLD:
    "This ledger is older than what its key has signed: it is an old copy, or another copy went on. Use the folder that went on, or a newer backup; only when both are lost for good, `fiducial recover` ends the log here.",
  SIGNED_ROOT_DIFFERS:
    "This ledger has the entries that its key has signed, and its tree is another: it is damaged, or another history was put in its place. Run `fiducial audit`, which names what does not hold, and restore a backup.",
  LOG_ENDED:
    "This log was ended by a recovery, and another goes on in its place: nothing more is written or signed here. Use the folder that was recovered.",
  CONTRACT_UNKNOWN: "The log follows a contract that this program does not have. Update Fiducial.",
  REPLICA_DIVERGED: "The other replica decided differently about the same statement. Its log is not followed further.",
  REPLICA_FAILED:
    "The ledger stopped on a fault of its own. Nothing acknowledged was lost; start again, and report it.",
  REPLICA_CLOSED: "The ledger is closed. Open it again.",
  ENTRY_UNKNOWN: "The log has no entry at that index.",
} as const;

/** One code of the table. */
export type LedgerErrorCode = keyof typeof ledgerErrors;

/** A ledger that cannot be opened, read or written. `data` never holds what a statement says. */
export class LedgerError extends Error {
  readonly code: LedgerErrorCode;
  readonly data: Readonly<Record<string, string | number>>;

  constructor(code: LedgerErrorCode, data: Readonly<Record<string, string | number>> = {}, cause?: unknown) {
    super(ledgerErrors[code], cause === undefined ? undefined : { cause });
    this.name = "LedgerError";
    this.code = code;
    this.data = data;
  }
}

/**
 * Turns what went wrong while stored rows were read into a LedgerError: a row that is missing or cannot be read is a contradiction, unless
 * SQLite or the disk says otherwise.
 */
export function asStoreError(thrown: unknown): LedgerError {
  const error = asLedgerError(thrown);
  const isUnread = error.code === "REPLICA_FAILED" || (thrown as { errcode?: number }).errcode === 1;
  return isUnread ? new LedgerError("STORE_CORRUPT", {}, thrown) : error;
}

/** Turns what SQLite or the file system threw into a LedgerError; leaves LedgerErrors as they are. */
export function asLedgerError(thrown: unknown): LedgerError {
  if (thrown instanceof LedgerError) return thrown;
  const { code, errcode } = thrown as { code?: string; errcode?: number };
  // SQLite's primary result codes: 5 locked by another, 8 read-only, 10 I/O, 11 corrupt, 13 full, 14 cannot open, 26 not a database.
  const primary = errcode === undefined ? undefined : errcode & 0xff;
  if (code === "ENOSPC" || primary === 13) return new LedgerError("DISK_FULL", {}, thrown);
  if (
    code === "EACCES" ||
    code === "EPERM" ||
    code === "EROFS" ||
    code === "ENOTDIR" ||
    primary === 8 ||
    primary === 14
  ) {
    return new LedgerError("FOLDER_NOT_WRITABLE", {}, thrown);
  }
  if (primary === 5) return new LedgerError("FOLDER_IN_USE", {}, thrown);
  if (code === "ERR_INVALID_STATE") return new LedgerError("REPLICA_CLOSED", {}, thrown);
  if (primary === 11) return new LedgerError("STORE_CORRUPT", {}, thrown);
  if (primary === 26) return new LedgerError("FOLDER_FOREIGN", {}, thrown);
  const ofDisk = primary !== undefined || /^E[A-Z]+$/.test(code ?? "");
  return new LedgerError(ofDisk ? "STORE_FAILED" : "REPLICA_FAILED", {}, thrown);
}
