// A backup of everything but the keys, made while the node works: ledger first, so that vault and objects hold at least what it speaks of.
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { basename, dirname, join, relative, resolve } from "node:path";
import { formatUtcTime, toHex } from "@fiducial/core";
import { backupManifestFile, identityFile, storyMarkFile } from "../folder/data-folder.ts";
import { copyFileWhole, replaceFile, syncFolder } from "../folder/durable-file.ts";
import { NodeError } from "../node-error.ts";
import type { DamagedObject } from "../objects/object-copy.ts";
import { releasedFile } from "../objects/released-marks.ts";
import { witnessesFile } from "../witnesses/witness-files.ts";
import { checkBackup } from "./backup-check.ts";
import { type BackupManifest, readBackupManifest } from "./backup-manifest.ts";
import { backUpObjects, type ObjectCopying } from "./backup-objects.ts";
import { backupRecords, withBackup, writeBackupRecords } from "./backup-records.ts";
import type { Site } from "./site.ts";

/** What a backup holds. */
export interface Backup extends Omit<BackupManifest, "damaged" | "missing"> {
  /** Its folder's full path. */
  readonly where: string;
  /** Objects copied now; the others were in the backup that this one replaces. */
  readonly copied: number;
  /** Objects of the node that are not what was received: in the backup as they are, unless the earlier one has them whole; that cannot be read; or that are lost. */
  readonly damaged: readonly DamagedObject[];
}

/** How a backup is made. */
export interface BackupOptions {
  /** Read the earlier backup's objects again too, and copy anew what is damaged there. */
  readonly check?: boolean;
  readonly progress?: BackupProgress;
}

/** How far a backup is: objects of all objects. */
export type BackupProgress = (done: number, total: number) => void;

/**
 * Makes a backup in a folder that is not there, or in the place of an earlier backup of this node, whose objects are not copied again. Damaged objects are listed.
 * Rejects with BACKUP_PLACE_TAKEN, BACKUP_NOT_WRITABLE, BACKUP_INCOMPLETE; then an earlier backup is as it was.
 */
export function backUp(
  site: Site,
  folder: string,
  { check = false, progress = () => {} }: BackupOptions = {},
): Promise<Backup> {
  const where = resolve(folder);
  return site.operating.take(async () => {
    putBack(where);
    checkPlace(site, where);
    const partial = `${where}.partial`;
    try {
      rmSync(partial, { recursive: true, force: true });
      mkdirSync(partial, { recursive: true, mode: 0o700 });
      const made = await fill(site, { where, partial, check, progress });
      checkBackup(site, partial, made);
      swap(where, partial);
      writeBackupRecords(site.folder.path, withRecord(site, made));
      return made;
    } catch (thrown) {
      rmSync(partial, { recursive: true, force: true });
      throw isFileError(thrown) ? new NodeError("BACKUP_NOT_WRITABLE", {}, thrown) : thrown;
    }
  });
}

async function fill(site: Site, copying: ObjectCopying): Promise<Backup> {
  const { where, partial } = copying;
  const { logs, vault, folder, objects: files } = site;
  const { store, reader, origin } = logs.current;
  const { size } = store.head().edge;
  // A checkpoint over everything goes along: the log key signs nothing more for a log that has to be recovered from this.
  await logs.current.covering(size);
  await store.backup(join(partial, basename(folder.ledger)));
  await vault.backup(join(partial, basename(folder.vault)));
  await copyEndedLogs(folder.endedLogs, join(partial, basename(folder.endedLogs)));
  const { objects, copied, damaged, unsound } = await backUpObjects(site, copying);
  // Nothing is released while this is under way: what is not among the objects is among these.
  await files.backUpReleased(join(partial, releasedFile));
  for (const name of [identityFile, witnessesFile, storyMarkFile]) {
    if (existsSync(join(folder.path, name))) await copyFileWhole(join(folder.path, name), join(partial, name));
  }
  const at = formatUtcTime(site.nowMs());
  const facts = { origin, size, rootHash: toHex(reader.rootOf(size)), objects, at };
  const isNowhere = ({ code, inBackup }: DamagedObject) => code === "OBJECT_MISSING" && inBackup === undefined;
  const missing = damaged.filter(isNowhere).map(({ object }) => object);
  const manifest: BackupManifest = { ...facts, damaged: unsound, missing };
  const made = { ...facts, where, copied, damaged };
  writeBackupRecords(partial, withRecord(site, made));
  replaceFile(join(partial, backupManifestFile), `${JSON.stringify(manifest, undefined, 2)}\n`);
  return made;
}

function withRecord({ folder }: Site, { where, at, origin, size }: Backup) {
  return withBackup(backupRecords(folder.path), { where, at, origin, size });
}

async function copyEndedLogs(from: string, into: string): Promise<void> {
  if (!existsSync(from)) return;
  for (const number of readdirSync(from)) {
    const ledger = join(from, number, "ledger.db");
    if (!existsSync(ledger)) continue;
    await mkdir(join(into, number), { recursive: true, mode: 0o700 });
    await copyFileWhole(ledger, join(into, number, "ledger.db"));
  }
}

// A folder that was moved aside and never replaced is the backup.
function putBack(where: string): void {
  if (existsSync(where) || !existsSync(previousOf(where))) return;
  renameSync(previousOf(where), where);
}

function swap(where: string, partial: string): void {
  const previous = previousOf(where);
  rmSync(previous, { recursive: true, force: true });
  if (existsSync(where)) renameSync(where, previous);
  renameSync(partial, where);
  syncFolder(dirname(where));
  rmSync(previous, { recursive: true, force: true });
}

function previousOf(where: string): string {
  return `${where}.previous`;
}

function checkPlace({ folder, logs }: Site, where: string): void {
  if (isWithin(folder.path, where) || isWithin(where, folder.path)) throw new NodeError("BACKUP_PLACE_TAKEN");
  if (isWithin(folder.keys, where)) throw new NodeError("BACKUP_PLACE_TAKEN");
  if (!existsSync(where)) return;
  if (!statSync(where).isDirectory()) throw new NodeError("BACKUP_PLACE_TAKEN");
  if (readdirSync(where).length === 0) return;
  const before = readBackupManifest(where);
  if (before === undefined || !logs.all.some(({ origin }) => origin === before.origin))
    throw new NodeError("BACKUP_PLACE_TAKEN");
}

function isWithin(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === "" || !(way === ".." || way.startsWith("../") || way.startsWith("..\\"));
}

function isFileError(thrown: unknown): boolean {
  return !(thrown instanceof NodeError) && /^E[A-Z]+$/.test((thrown as { code?: string }).code ?? "");
}
