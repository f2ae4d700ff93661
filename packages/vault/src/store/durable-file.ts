// Small files that are either as they were or as they should be, whatever happens meanwhile, and for their owner only.
import { randomBytes } from "node:crypto";
import { closeSync, fsyncSync, linkSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { dirname } from "node:path";

/** Puts `bytes` in the place of whatever is at `path`; durable when it returns. */
export function replaceFile(path: string, bytes: Uint8Array): void {
  withTemporary(path, bytes, (temporary) => renameSync(temporary, path));
}

/** Makes a file that must not exist yet; durable when it returns true. Returns false, and changes nothing, when one exists. */
export function createFile(path: string, bytes: Uint8Array): boolean {
  return withTemporary(path, bytes, (temporary) => giveName(temporary, path));
}

/** Makes an empty file that must not exist yet. */
export function createEmptyFile(path: string): void {
  closeSync(openSync(path, "wx", 0o600));
}

/** Gives a whole file its name, which must not be taken; durable when it returns true. Returns false, and changes nothing, when it is taken. */
export function publishFile(temporary: string, path: string): boolean {
  flush(openSync(temporary, "r+"));
  const isPublished = giveName(temporary, path);
  syncFolder(dirname(path));
  return isPublished;
}

/** Makes a folder that only its owner may enter, and those above it where they are missing. */
export function makePrivateFolder(path: string): void {
  mkdirSync(path, { recursive: true, mode: 0o700 });
}

/** Flushes a folder's list of names. */
function syncFolder(path: string): void {
  // Windows opens no folders; its file systems keep a log of names themselves.
  if (process.platform === "win32") return;
  flush(openSync(path, "r"));
}

/** A link, unlike a renaming, never takes another file's place. */
function giveName(temporary: string, path: string): boolean {
  try {
    linkSync(temporary, path);
    return true;
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw thrown;
  } finally {
    rmSync(temporary, { force: true });
  }
}

function withTemporary<Result>(path: string, bytes: Uint8Array, place: (temporary: string) => Result): Result {
  const temporary = `${path}.${randomBytes(6).toString("hex")}.new`;
  try {
    const file = openSync(temporary, "wx", 0o600);
    writeWhole(file, bytes);
    const result = place(temporary);
    syncFolder(dirname(path));
    return result;
  } catch (thrown) {
    rmSync(temporary, { force: true });
    throw thrown;
  }
}

function writeWhole(file: number, bytes: Uint8Array): void {
  try {
    for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
  } catch (thrown) {
    closeSync(file);
    throw thrown;
  }
  flush(file);
}

function flush(file: number): void {
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
