// The seal of a closed ledger: size and digest of its database file, so that an audit notices any byte that was changed meanwhile.
import { createHash } from "node:crypto";
import {
  closeSync,
  fstatSync,
  fsyncSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  unlinkSync,
  writeSync,
} from "node:fs";
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
    return `${canonicalJson({ sha256: hash.digest("hex"), size: fstatSync(file).size })}\n`;
  } finally {
    closeSync(file);
  }
}

/** Seals the database at `path`, which nobody has open. */
export function writeSeal(path: string): void {
  const seal = sealOf(path);
  const temporary = `${sealPath(path)}.new`;
  const file = openSync(temporary, "w");
  try {
    writeSync(file, utf8(seal));
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(temporary, sealPath(path));
  flushFolder(path);
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
