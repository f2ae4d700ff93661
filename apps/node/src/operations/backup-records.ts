// Which backups were made of this folder, so that an erasure can say what survives in them. In the data folder, as backups.json.
import { join } from "node:path";
import { isJsonObject, type Json } from "@fiducial/core";
import { readJsonFile, replaceFile } from "../folder/durable-file.ts";

/** A backup that was made. */
export interface BackupRecord {
  /** Its folder's full path. */
  readonly where: string;
  readonly at: string;
  /** The log that it holds, and how many entries of it. */
  readonly origin: string;
  readonly size: number;
}

const format = "fiducial-backups-v1";

/** Reads the backups recorded in a data folder, the oldest first. Throws SyntaxError for a file that is none of ours. */
export function backupRecords(folder: string): readonly BackupRecord[] {
  const json = readJsonFile(pathIn(folder));
  if (json === undefined) return [];
  const list = isJsonObject(json) && json["format"] === format ? json["backups"] : undefined;
  if (!Array.isArray(list) || !list.every(isRecord)) throw new SyntaxError("No list of backups.");
  return list as unknown as readonly BackupRecord[];
}

/** Returns the records with one more; a backup takes the place of the one that was in its folder before. */
export function withBackup(records: readonly BackupRecord[], made: BackupRecord): readonly BackupRecord[] {
  return [...records.filter(({ where }) => where !== made.where), made];
}

/** Writes records into a data folder, or into a backup of one; durable when it returns. */
export function writeBackupRecords(folder: string, records: readonly BackupRecord[]): void {
  replaceFile(pathIn(folder), `${JSON.stringify({ format, backups: records }, undefined, 2)}\n`);
}

function pathIn(folder: string): string {
  return join(folder, "backups.json");
}

function isRecord(json: Json): boolean {
  if (!isJsonObject(json)) return false;
  const { where, at, origin, size } = json;
  const areTexts = [where, at, origin].every((text) => typeof text === "string");
  return areTexts && Number.isSafeInteger(size);
}
