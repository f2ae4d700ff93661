// One process at a time: what one forgets, another would still know. The operating system lets go of the lock when a process dies.
import { DatabaseSync } from "node:sqlite";
import { VaultError } from "../vault-error.ts";

/** Takes the lock beside the file at `path` and returns what lets go of it. Throws VAULT_IN_USE. */
export function lockFile(path: string): () => void {
  const lock = new DatabaseSync(`${path}.lock`);
  try {
    lock.exec("PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE");
  } catch (thrown) {
    lock.close();
    throw (thrown as { errcode?: number }).errcode === sqliteBusy ? new VaultError("VAULT_IN_USE") : thrown;
  }
  return () => lock.close();
}

const sqliteBusy = 5;
