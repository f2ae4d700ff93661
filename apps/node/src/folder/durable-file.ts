// Small files that are either as they were or as they should be, whatever happens meanwhile, and for their owner only.
import { randomBytes } from "node:crypto";
import {
  closeSync,
  constants,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { copyFile, open } from "node:fs/promises";
import { dirname } from "node:path";
import type { Json } from "@fiducial/core";

/** Puts `text` in the place of whatever is at `path`; durable when it returns. */
export function replaceFile(path: string, text: string): void {
  moveFile(writeTemporary(path, text), path);
}

/** Makes a file that must not exist yet; durable when it returns true. Returns false, and changes nothing, when one exists. */
export function createFile(path: string, text: string): boolean {
  const temporary = writeTemporary(path, text);
  try {
    // A link, unlike a renaming, never takes another file's place.
    linkSync(temporary, path);
    syncFolder(dirname(path));
    return true;
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw thrown;
  } finally {
    rmSync(temporary, { force: true });
  }
}

/** Gives a file another name, in the place of whatever has it; durable when it returns. */
export function moveFile(from: string, to: string): void {
  renameSync(from, to);
  syncFolder(dirname(to));
}

/** Takes a file away; durable when it returns. */
export function removeFile(path: string): void {
  rmSync(path, { force: true });
  syncFolder(dirname(path));
}

/** Reads a JSON file; undefined when it is not there. Throws SyntaxError when it is none. */
export function readJsonFile(path: string): Json | undefined {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as Json;
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw thrown;
  }
}

/** Copies a file to a place that is free, sharing what the file system lets share; its bytes are durable when it resolves. */
export async function copyFileWhole(from: string, to: string): Promise<void> {
  await copyFile(from, to, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
  const file = await open(to, "r");
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Flushes a folder's list of names. */
export function syncFolder(path: string): void {
  // Windows opens no folders; its file systems keep a log of names themselves.
  if (process.platform === "win32") return;
  const folder = openSync(path, "r");
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

/** Flushes the lists of names of many folders, while other work goes on; at once, since a file system's journal takes many flushes in one. */
export async function syncFolders(paths: Iterable<string>): Promise<void> {
  if (process.platform === "win32") return;
  await Promise.all(Array.from(paths, flushNames));
}

async function flushNames(path: string): Promise<void> {
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

function writeTemporary(path: string, text: string): string {
  const temporary = `${path}.${randomBytes(6).toString("hex")}.new`;
  writeFileSync(temporary, text, { mode: 0o600, flag: "wx", flush: true });
  return temporary;
}
