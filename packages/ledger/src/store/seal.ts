// The seal of a closed ledger: size and digest of its database file, so that an audit notices any byte that was changed meanwhile.
import { createHash } from "node:crypto";
import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  unlinkSync,
  writeSync,
} from "node:fs";
import { open } from "node:fs/promises";
import { dirname } from "node:path";
import { canonicalJson, utf8 } from "@fiducial/core";

/** What lies in the seal's file: canonical JSON of size and SHA-256, and a newline. Nobody need understand it, only make it again. */
export type Seal = string;

const chunkBytes = 1 << 20;

/** The seal of the database at `path`, or undefined when it has none. */
export function readSeal(path: string): Seal | undefined {
  try {
    return readFileSync(sealPath(path), "utf8");
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw thrown;
  }
}

/** Reads the database file and tells what its seal has to be. Takes as long as its hash. */
export function sealOf(path: string): Seal {
  const file = openSync(path, "r");
  try {
    const hash = createHash("sha256");
    const chunk = Buffer.allocUnsafe(chunkBytes);
    for (let read = readSync(file, chunk); read > 0; read = readSync(file, chunk)) hash.update(chunk.subarray(0, read));
    return sealText(hash.digest("hex"), fstatSync(file).size);
  } finally {
    closeSync(file);
  }
}

/** As `sealOf`, a little at a time, so that others get their turn. Rejects when it is told to stop. */
export async function sealOfGently(path: string, signal?: AbortSignal): Promise<Seal> {
  const file = await open(path, "r");
  try {
    const hash = createHash("sha256");
    const chunk = Buffer.allocUnsafe(chunkBytes);
    for (;;) {
      signal?.throwIfAborted();
      const { bytesRead } = await file.read(chunk);
      if (bytesRead === 0) break;
      hash.update(chunk.subarray(0, bytesRead));
    }
    return sealText(hash.digest("hex"), (await file.stat()).size);
  } finally {
    await file.close();
  }
}

/** Seals the database at `path`, which nobody has open. */
export function writeSeal(path: string): void {
  replaceBeside(path, sealPath(path), sealOf(path));
}

/** Takes the seal off, durably: else it would come back with the next loss of power, and accuse a file that has grown. */
export function removeSeal(path: string): void {
  // Not rmSync, which does not tell why it failed.
  try {
    unlinkSync(sealPath(path));
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== "ENOENT") throw thrown;
  }
  flushFolder(path);
}

/** Keeps beside the database that its file was not what its seal says. Whoever has looked into it takes the record away. */
export function recordDifference(path: string, seal: Seal): void {
  if (!isDifferenceRecorded(path)) replaceBeside(path, differencePath(path), seal);
}

/** Tells whether such a record is there. */
export function isDifferenceRecorded(path: string): boolean {
  return existsSync(differencePath(path));
}

/** Where the record is: the seal that the file did not have. */
export function differencePath(path: string): string {
  return `${path}.differs`;
}

function sealText(sha256: string, size: number): Seal {
  return `${canonicalJson({ sha256, size })}\n`;
}

function replaceBeside(path: string, target: string, text: string): void {
  const temporary = `${target}.new`;
  const file = openSync(temporary, "w");
  try {
    writeSync(file, utf8(text));
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(temporary, target);
  flushFolder(path);
}

function sealPath(path: string): string {
  return `${path}.seal`;
}

function flushFolder(path: string): void {
  // Windows opens no folders; its file systems keep a log of names themselves.
  if (process.platform === "win32") return;
  const folder = openSync(dirname(path), "r");
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
