// A backup becomes a data folder again. Keys are not in backups: they must be where they were, or brought back by other ways.
import { existsSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { openStore } from "@fiducial/ledger";
import type { KeyProtector } from "@fiducial/vault";
import { backupManifestFile, defaultKeysFolder, isFolderInUse, readIdentity } from "../folder/data-folder.ts";
import { copyFileWhole, syncFolder } from "../folder/durable-file.ts";
import { protectorIn } from "../folder/key-protector.ts";
import { type KeysHolder, keysHolder } from "../folder/keys-hold.ts";
import { logKeyring } from "../logs/ended-logs.ts";
import { lastSuccessorOf } from "../logs/ended-origins.ts";
import { type SignedStanding, signedStanding } from "../logs/signed-standing.ts";
import { NodeError } from "../node-error.ts";
import { copyObject, type DamagedObject, digestInName } from "../objects/object-copy.ts";
import { isWholeBackup } from "./backup-check.ts";
import { readBackupManifest } from "./backup-manifest.ts";

/** How a restored folder stands. */
export interface Restored {
  /** The data folder's full path. */
  readonly folder: string;
  readonly origin: string;
  /** How many entries the ledger has. */
  readonly size: number;
  /** `whole`: it can be opened. `too-old`: its key has signed more, so that only recovering goes on. `other`: its key has signed another tree. `missing`: there are no keys for it here. `ended`: a recovery of another copy ended the log, and `successor` goes on. */
  readonly keys: SignedStanding | "missing" | "ended";
  /** The origin of the log that goes on where this one was ended. */
  readonly successor?: string;
  /** How many entries the key has signed, when that is more, or something else. */
  readonly signed?: number;
  /** Who signs with its keys now, as far as that is known: until that ends it cannot be opened. Absent when nobody does. */
  readonly inUse?: Partial<KeysHolder>;
  /** Objects that are not what was received: restored as they are in the backup, or not at all when they cannot be read; and those that were lost when the backup was made. */
  readonly damaged: readonly DamagedObject[];
}

/** Restores a backup to a folder that is empty or not there; damaged objects are listed. Rejects with BACKUP_UNREADABLE, FOLDER_IN_USE, FOLDER_NOT_EMPTY, FOLDER_NOT_WRITABLE. */
export async function restore(
  backup: string,
  { data, keys }: { readonly data: string; readonly keys?: string | undefined },
): Promise<Restored> {
  const manifest = readBackupManifest(backup);
  if (manifest === undefined) throw new NodeError("BACKUP_UNREADABLE");
  const folder = resolve(data);
  if (existsSync(folder) && readdirSync(folder).length > 0)
    throw new NodeError(isFolderInUse(folder) ? "FOLDER_IN_USE" : "FOLDER_NOT_EMPTY");
  const partial = `${folder}.partial`;
  const damaged: DamagedObject[] = (manifest.missing ?? []).map((object) => ({ object, code: "OBJECT_MISSING" }));
  try {
    rmSync(partial, { recursive: true, force: true });
    await copyFolder(resolve(backup), partial, damaged);
    const unread = damaged.filter(({ code }) => code === "PATH_UNREADABLE").length;
    if (!isWholeBackup(partial, { ...manifest, objects: manifest.objects - unread }))
      throw new NodeError("BACKUP_UNREADABLE");
    rmSync(join(partial, backupManifestFile));
    if (existsSync(folder)) rmdirSync(folder);
    renameSync(partial, folder);
    syncFolder(dirname(folder));
  } catch (thrown) {
    rmSync(partial, { recursive: true, force: true });
    throw thrown instanceof NodeError ? thrown : new NodeError("FOLDER_NOT_WRITABLE", {}, thrown);
  }
  return { ...standingOf(folder, keys), damaged: damaged.sort((a, b) => (a.object < b.object ? -1 : 1)) };
}

function standingOf(folder: string, given: string | undefined): Omit<Restored, "damaged"> {
  const identity = readIdentity(folder);
  const { origin } = identity;
  const keys = given ?? defaultKeysFolder(identity);
  const store = openStore(join(folder, "ledger.db"));
  try {
    const { size } = store.head().edge;
    const inUse = keysHolder(keys);
    const facts = { folder, origin, size, ...(inUse && { inUse }) };
    const protector = existsSync(keys) ? protectorOrNone(keys) : undefined;
    if (protector === undefined) return { ...facts, keys: "missing" };
    const successor = lastSuccessorOf(keys, origin);
    if (successor !== undefined) return { ...facts, keys: "ended", successor };
    const highWater = logKeyring(keys, identity, origin, protector).highWater(origin);
    const signed = highWater.read()?.size ?? 0;
    const standing = signedStanding(store, highWater);
    return standing === "whole" ? { ...facts, keys: standing } : { ...facts, keys: standing, signed };
  } finally {
    store.close();
  }
}

function protectorOrNone(keys: string): KeyProtector | undefined {
  try {
    return protectorIn(keys, false);
  } catch (thrown) {
    if (thrown instanceof NodeError && thrown.code === "KEYS_MISSING") return undefined;
    throw thrown;
  }
}

async function copyFolder(from: string, into: string, damaged: DamagedObject[]): Promise<void> {
  mkdirSync(into, { recursive: true, mode: 0o700 });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(into, entry.name)];
    const object = digestInName(entry.name);
    if (entry.isDirectory()) await copyFolder(source, target, damaged);
    else if (entry.isFile() && object === undefined) await copyFileWhole(source, target);
    else if (entry.isFile() && object !== undefined) {
      const code = await copyObject(source, target, object);
      if (code !== undefined) damaged.push({ object, code });
    }
  }
  syncFolder(into);
}
