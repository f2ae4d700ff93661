// Copies of objects, hashed on the way: whether what is copied is what was received is known without reading it twice.
import { createHash } from "node:crypto";
import { type FileHandle, open, rm } from "node:fs/promises";

/** What can be wrong with the file of an object. */
export type ObjectDamage = "OBJECT_DIFFERS" | "PATH_UNREADABLE";

/** An object of a store or a backup that is not what was received, that the disk does not give, or that must be there and is not. */
export interface DamagedObject {
  /** The digest that it was received with, hex: the name of its file. */
  readonly object: string;
  readonly code: ObjectDamage | "OBJECT_MISSING";
  /** How the backup has one that is missing from the store, if it has it. */
  readonly inBackup?: "whole" | "damaged";
}

const chunkBytes = 1 << 20;

/** The digest that an object's file has in its name, or undefined for other files. */
export function digestInName(name: string): string | undefined {
  return /^([0-9a-f]{64})\.dcm$/.exec(name)?.[1];
}

/**
 * Copies an object to a place that is free; durable when it resolves. Resolves with what is wrong with it, or undefined. Of one that differs there is a copy all
 * the same, since a damaged image is more than none; of one that cannot be read there is not. Rejects when the copy cannot be written.
 */
export async function copyObject(from: string, to: string, digest: string): Promise<ObjectDamage | undefined> {
  const copy = await open(to, "wx", 0o600);
  let found: string | undefined;
  try {
    found = await digestOf(from, (bytes) => copy.writeFile(bytes));
    if (found !== undefined) await copy.sync();
  } finally {
    await copy.close();
  }
  if (found === undefined) await rm(to);
  return damageOf(found, digest);
}

/** Reads an object and resolves with what is wrong with it, or undefined. */
export async function checkObject(path: string, digest: string): Promise<ObjectDamage | undefined> {
  return damageOf(await digestOf(path), digest);
}

function damageOf(found: string | undefined, digest: string): ObjectDamage | undefined {
  if (found === undefined) return "PATH_UNREADABLE";
  return found === digest ? undefined : "OBJECT_DIFFERS";
}

// The SHA-256 of a file, or undefined when it cannot be read to its end.
async function digestOf(
  path: string,
  take: (bytes: Uint8Array) => Promise<void> = async () => {},
): Promise<string | undefined> {
  const file = await open(path, "r").catch(() => undefined);
  if (file === undefined) return undefined;
  try {
    const hash = createHash("sha256");
    const chunk = Buffer.allocUnsafe(chunkBytes);
    for (;;) {
      const bytes = await nextBytes(file, chunk);
      if (bytes === undefined) return undefined;
      if (bytes.length === 0) return hash.digest("hex");
      hash.update(bytes);
      await take(bytes);
    }
  } finally {
    await file.close();
  }
}

async function nextBytes(file: FileHandle, chunk: Buffer): Promise<Uint8Array | undefined> {
  try {
    const { bytesRead } = await file.read(chunk);
    return chunk.subarray(0, bytesRead);
  } catch {
    return undefined;
  }
}
