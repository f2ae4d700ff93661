// What can go wrong with a vault and its keys: one class, one table of codes.
import { CanonicalJsonError } from "@fiducial/core";

/** Codes with what they mean and what to do. docs/errors.md is made of this. */
export const vaultErrors = {
  // keys
  KEY_MISSING:
    "A key is not where it should be. Put it back from its safe copy: without it nothing it protects can be read.",
  KEY_MALFORMED: "The node key is not 32 bytes (as base64 in an environment variable). Put the right one in place.",
  KEY_WRONG: "The node key is not the one that protects this. Put the right one in place.",
  KEY_EXISTS: "There is a node key already. Move it to a safe place first: what it protects is lost without it.",
  KEY_FILE_PERMISSIONS: "Others may read the node key or its folder. Allow its owner only: file 0600, folder 0700.",
  KEY_PROGRAM_FAILED: "The program that protects the keys did not do its work. Run it by hand and read what it says.",
  KEYRING_CORRUPT: "A file of the keyring is damaged or in another's place. Put the keyring back from its safe copy.",
  KEYRING_FAILED: "The keyring's folder cannot be read or written. Check its owner, its permissions and the disk.",
  HIGH_WATER_BACKWARD:
    "The key has signed a longer log than this. Use the folder that it signed, or a newer backup; only when both are lost for good, run `fiducial recover`.",
  HIGH_WATER_FORKED:
    "The key has signed another log of this size. Use the folder that it signed, or a backup of it; only when both are lost for good, run `fiducial recover`.",
  // the vault's file
  VAULT_IN_USE: "Another process has this vault open. Stop it first.",
  VAULT_FOREIGN: "This file is something else than a Fiducial vault. Choose another path.",
  VAULT_NEWER: "This vault was written by a newer version of Fiducial. Install that version.",
  VAULT_CORRUPT: "The vault contradicts itself: it is damaged, or somebody changed it. Restore a backup.",
  VAULT_FULL: "The disk is full. Nothing acknowledged was lost; free space and try again.",
  VAULT_NOT_WRITABLE: "The vault cannot be written. Check its owner, its permissions and its folder.",
  VAULT_FAILED: "The disk refused to read or write. Nothing acknowledged was lost; check the disk and start again.",
  VAULT_CLOSED: "The vault is closed. Open it again.",
  BACKUP_EXISTS: "There is a file in the backup's place. Choose another path.",
  // what is asked of it
  SUBJECT_FORGOTTEN: "The vault has no such subject: it was forgotten, or never here. Ask for the subject again.",
  STUDY_UNKNOWN: "The vault has no such study: it was forgotten, or never here.",
  STUDY_OF_ANOTHER_SUBJECT: "The study belongs to another subject. Correct its subject first.",
  STATEMENT_KEPT: "This part of the statement is kept already. Nothing is ever overwritten; state it anew.",
  VALUE_MALFORMED: "A value is not what the vault keeps in its place. This is a mistake in the program that called it.",
} as const;

/** One code of the table. */
export type VaultErrorCode = keyof typeof vaultErrors;

/** Facts beside a code: numbers, and names from the program or its configuration; never what the vault keeps, and no key. */
export type VaultErrorData = Readonly<Record<string, string | number>>;

/** A vault or keyring that cannot be opened, read or written, or was asked for the impossible. */
export class VaultError extends Error {
  readonly code: VaultErrorCode;
  readonly data: VaultErrorData;

  constructor(code: VaultErrorCode, data: VaultErrorData = {}) {
    super(vaultErrors[code]);
    this.name = "VaultError";
    this.code = code;
    this.data = data;
  }
}

/**
 * Turns what SQLite, the file system or Node's argument checks threw into a VaultError without its text, which may quote a value.
 * Leaves VaultErrors, and what is no error of theirs, as they are.
 */
export function asVaultError(thrown: unknown): unknown {
  if (thrown instanceof VaultError || !(thrown instanceof Error)) return thrown;
  const { code, errcode } = thrown as { code?: unknown; errcode?: number };
  if (errcode !== undefined) return new VaultError(sqliteResults[errcode & 0xff] ?? "VAULT_FAILED", { errcode });
  if (thrown instanceof CanonicalJsonError) return new VaultError("VALUE_MALFORMED");
  // Node's codes are ERR_ and a word, the system's E and a word; whatever else has a code is somebody else's.
  if (typeof code !== "string" || !/^(?:ERR_\w+|E[A-Z0-9]+)$/.test(code)) return thrown;
  if (code === "ERR_INVALID_STATE") return new VaultError("VAULT_CLOSED");
  if (code.startsWith("ERR_")) return new VaultError("VALUE_MALFORMED", { code });
  if (code === "ENOSPC" || code === "EDQUOT") return new VaultError("VAULT_FULL", { code });
  return new VaultError(notWritable.has(code) ? "VAULT_NOT_WRITABLE" : "VAULT_FAILED", { code });
}

/** SQLite's primary result codes: 5 busy, 8 read-only, 11 corrupt, 13 full, 14 cannot open, 19 constraint, 20 mismatch, 26 not a database. */
const sqliteResults: Readonly<Record<number, VaultErrorCode>> = {
  5: "VAULT_IN_USE",
  8: "VAULT_NOT_WRITABLE",
  11: "VAULT_CORRUPT",
  13: "VAULT_FULL",
  14: "VAULT_NOT_WRITABLE",
  19: "VALUE_MALFORMED",
  20: "VALUE_MALFORMED",
  26: "VAULT_FOREIGN",
};
/** Returns `action` so that what it throws is a VaultError, as `asVaultError` has it. */
export function withVaultErrors<Given extends unknown[], Result>(
  action: (...given: Given) => Result,
): (...given: Given) => Result {
  return (...given) => {
    try {
      return action(...given);
    } catch (thrown) {
      throw asVaultError(thrown);
    }
  };
}

const notWritable: ReadonlySet<string> = new Set(["EACCES", "EPERM", "EROFS", "ENOENT", "ENOTDIR", "EISDIR"]);
