// An organization's off-ledger store: disclosures, headers, names, encrypted per subject; erased by destroying keys. DESIGN § 2; docs/formats/vault.md.
import { existsSync, rmSync } from "node:fs";
import { backup, DatabaseSync } from "node:sqlite";
import { openMaster } from "./encryption/vault-keys.ts";
import type { Forgotten } from "./erasure/destruction.ts";
import { removeOrphans, type Standing, type StandingCounts } from "./erasure/orphans.ts";
import { handlesToDestroy, type RecordedErasures } from "./erasure/recorded-erasures.ts";
import { isScrubDue, scrub } from "./erasure/scrub.ts";
import type { KeyProtector } from "./keyring/protector.ts";
import { openRooms, type Rooms } from "./rooms.ts";
import type { HeaderCollection } from "./statements/header-collection.ts";
import { createEmptyFile, publishFile } from "./store/durable-file.ts";
import { lockFile } from "./store/lock.ts";
import { openDatabase } from "./store/schema.ts";
import { inTransaction } from "./store/transactions.ts";
import { asVaultError, VaultError, withVaultErrors } from "./vault-error.ts";
import { type VaultReader, vaultReader } from "./vault-reader.ts";
import { type VaultWriter, vaultWriter } from "./vault-writer.ts";

/** Where a vault is, who protects it, and what was erased of it. */
export interface VaultOptions {
  /** The file, usually `vault.db` in the data folder. */
  readonly path: string;
  readonly protector: KeyProtector;
  /** What the ledger says was erased: destroyed again before anything is read, should a backup have brought it back. */
  readonly erased: RecordedErasures;
}

/** A vault that is open. Methods throw or reject with VaultError. */
export interface Vault extends VaultReader {
  /** Runs `work` as one transaction and resolves with what it returns once that is on disk. What it throws undoes it, and it alone. */
  write<Result>(work: (writer: VaultWriter) => Result): Promise<Result>;
  /** Starts collecting headers for a statement about a subject that is yet to be made. */
  collectHeaders(subject: string): HeaderCollection;
  /**
   * Destroys what stands under these handles of subjects and studies: keys, everything encrypted, every lookup. When it resolves, the
   * bytes are gone from the file. Idempotent. Have the ledger record the erasure first: what it has, a restored backup loses again.
   */
  forget(...handles: string[]): Promise<Forgotten>;
  /** Cleans away what was kept for statements that never reached a ledger. */
  removeOrphans(standingOf: (statement: string) => Standing | Promise<Standing>): Promise<StandingCounts>;
  /** Copies the vault as it is to a new file (0600), while it is in use. Rejects with BACKUP_EXISTS. */
  backup(path: string): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens the vault, making it when it is not there. Rejects with VAULT_IN_USE, VAULT_FOREIGN, VAULT_NEWER, VAULT_NOT_WRITABLE, KEY_WRONG
 * and whatever the protector rejects with.
 */
export async function openVault({ path, protector, erased }: VaultOptions): Promise<Vault> {
  const closing: (() => void)[] = [];
  const close = () => {
    for (const action of closing.splice(0)) action();
  };
  try {
    closing.push(lockFile(path));
    const database = openDatabase(path);
    closing.unshift(() => database.close());
    const rooms = openRooms(database, await openMaster(database, protector));
    await tidy(path, database, rooms, erased);
    return openedVault(path, database, rooms, close);
  } catch (thrown) {
    close();
    throw asVaultError(thrown);
  }
}

/** Before anybody reads: what was erased is destroyed, what a stopped process left is removed. */
async function tidy(path: string, database: DatabaseSync, rooms: Rooms, erased: RecordedErasures): Promise<void> {
  const handles = await handlesToDestroy(erased, rooms.subjects, rooms.studies);
  inTransaction(database, () => {
    rooms.lists.removeLoose();
    rooms.destroy(handles);
  });
  if (isScrubDue(database)) await scrub(path);
}

function openedVault(path: string, database: DatabaseSync, rooms: Rooms, close: () => void): Vault {
  const { transactions, destroy, collections, parts, recent } = rooms;
  const writer = vaultWriter(rooms);
  return {
    ...vaultReader(rooms),
    write: (work) => transactions.write(() => work(writer)),
    collectHeaders: collections.collect,
    forget: (...handles) =>
      transactions.alone(async () => {
        recent.forget();
        const forgotten = inTransaction(database, () => destroy(handles));
        if (isScrubDue(database)) await scrub(path);
        return forgotten;
      }),
    removeOrphans: (standingOf) => removeOrphans(parts, transactions, standingOf),
    backup: (target) => transactions.maintain(() => copyTo(path, target)),
    close: async () => {
      await transactions.close();
      close();
    },
  };
}

async function copyTo(path: string, target: string): Promise<void> {
  if (existsSync(target)) throw new VaultError("BACKUP_EXISTS");
  const partial = `${target}.partial`;
  withVaultErrors(rmSync)(partial, { force: true });
  withVaultErrors(createEmptyFile)(partial);
  // A reader of its own, inside one transaction: it sees the vault as it was at the start, whatever is written meanwhile.
  const reader = new DatabaseSync(path, { readOnly: true });
  try {
    reader.exec("BEGIN; SELECT 1 FROM meta");
    await backup(reader, partial, { rate: pagesAtOnce });
    if (!publishFile(partial, target)) throw new VaultError("BACKUP_EXISTS");
  } catch (thrown) {
    rmSync(partial, { force: true });
    throw asVaultError(thrown);
  } finally {
    reader.close();
  }
}

/** 4 MiB for each turn of a thread in the pool. */
const pagesAtOnce = 1024;
