// What a backup says of itself, in backup.json: written last, so that a folder without it is no whole backup.
import { join } from "node:path";
import { isJsonObject } from "@fiducial/core";
import { backupManifestFile } from "../folder/data-folder.ts";
import { readJsonFile } from "../folder/durable-file.ts";

/** Of which log a backup is, how far that was, and how many objects lie beside it. */
export interface BackupManifest {
  readonly origin: string;
  readonly size: number;
  /** Hex. */
  readonly rootHash: string;
  readonly objects: number;
  readonly at: string;
  /** Digests of objects that are not what was received in the backup either: the next one copies them anew. Missing in older ones. */
  readonly damaged?: readonly string[];
  /** Digests of objects that should be in the backup, and were neither in the store nor in the backup before. Missing in older ones. */
  readonly missing?: readonly string[];
}

/** Reads a folder's manifest; undefined when the folder is no whole backup. */
export function readBackupManifest(folder: string): BackupManifest | undefined {
  try {
    const json = readJsonFile(join(folder, backupManifestFile));
    if (!isJsonObject(json)) return undefined;
    const { origin, size, rootHash, objects, at, damaged = [], missing = [] } = json;
    const areTexts = [origin, rootHash, at].every((text) => typeof text === "string");
    const areLists = [damaged, missing].every((list) => Array.isArray(list));
    const isManifest = areTexts && areLists && Number.isSafeInteger(size) && Number.isSafeInteger(objects);
    return isManifest ? (json as unknown as BackupManifest) : undefined;
  } catch {
    return undefined;
  }
}
