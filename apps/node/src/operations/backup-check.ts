// Whether a backup holds what it should, looked at once more from the outside before it counts.
import { existsSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { toHex } from "@fiducial/core";
import { logReader, openStore } from "@fiducial/ledger";
import { identityFile } from "../folder/data-folder.ts";
import { NodeError } from "../node-error.ts";
import { releasedFile } from "../objects/released-marks.ts";
import type { BackupManifest } from "./backup-manifest.ts";
import type { Site } from "./site.ts";

type BackupFacts = Omit<BackupManifest, "damaged" | "missing">;

/** Throws BACKUP_INCOMPLETE, naming what is not right. */
export function checkBackup({ folder }: Site, backup: string, made: BackupFacts): void {
  const ledger = join(backup, basename(folder.ledger));
  if (!ledgerHolds(ledger, made)) throw new NodeError("BACKUP_INCOMPLETE", { file: basename(ledger) });
  const vault = join(backup, basename(folder.vault));
  if (!isSound(vault)) throw new NodeError("BACKUP_INCOMPLETE", { file: basename(vault) });
  if (!isSoundOrNone(join(backup, releasedFile))) throw new NodeError("BACKUP_INCOMPLETE", { file: releasedFile });
  // What an object's bytes are was looked at while it was copied.
  const found = objectFilesIn(join(backup, basename(folder.objects)));
  if (found < made.objects) throw new NodeError("BACKUP_INCOMPLETE", { objects: made.objects - found });
}

/** Tells whether a folder has the ledger that its manifest speaks of, a vault, and as many objects. */
export function isWholeBackup(backup: string, manifest: BackupFacts): boolean {
  return (
    [identityFile, "ledger.db", "vault.db"].every((name) => existsSync(join(backup, name))) &&
    ledgerHolds(join(backup, "ledger.db"), manifest) &&
    isSound(join(backup, "vault.db")) &&
    isSoundOrNone(join(backup, releasedFile)) &&
    objectFilesIn(join(backup, "objects")) >= manifest.objects
  );
}

function objectFilesIn(folder: string): number {
  const kept = existsSync(folder) ? readdirSync(folder, { recursive: true, withFileTypes: true }) : [];
  return kept.filter((entry) => entry.isFile()).length;
}

// Entries may have come after the size was taken; the tree of that size must be the same.
function ledgerHolds(path: string, { size, rootHash }: Pick<BackupManifest, "size" | "rootHash">): boolean {
  if (!isSound(path)) return false;
  const store = openStore(path, { readOnly: true });
  try {
    const holds = store.head().edge.size >= size && toHex(logReader(store).rootOf(size)) === rootHash;
    return holds && store.checkpointFrom(size) !== undefined;
  } finally {
    store.close();
  }
}

function isSoundOrNone(path: string): boolean {
  return !existsSync(path) || isSound(path);
}

// Makes one file of the copy, which looking at it would else put a write-ahead log beside.
function isSound(path: string): boolean {
  const database = new DatabaseSync(path);
  try {
    database.exec("PRAGMA journal_mode = DELETE");
    const [first] = database.prepare("PRAGMA quick_check(1)").all() as { quick_check: string }[];
    return first?.quick_check === "ok";
  } catch {
    return false;
  } finally {
    database.close();
  }
}
