// The objects as they were received, byte for byte, in files named by their SHA-256.
import { createHash, randomUUID } from "node:crypto";
import { constants, createReadStream, existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { copyFile, mkdir, open, rename, rm, stat, statfs } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Readable } from "node:stream";
import { syncFolder } from "../folder/durable-file.ts";
import { NodeError } from "../node-error.ts";

/** Where objects are kept. Digests are lower-case hex. */
export interface ObjectStore {
  readonly folder: string;
  /** The file that holds, or would hold, the object. */
  pathOf(digest: string): string;
  has(digest: string): boolean;
  read(digest: string): Readable;
  /** A path under which a file can be received before its digest is known. */
  newIncoming(): string;
  /** Digests of all objects, a folder of them at a time. */
  digests(): Iterable<string>;
  /** Takes objects away; durable when it returns. Those that are not there are passed over. */
  remove(digests: Iterable<string>): void;
  /** Digests of objects that were kept and of which nobody said since that they are registered. */
  unregistered(): string[];
  /** Says that objects are registered. */
  registered(digests: Iterable<string>): void;
}

/** Opens the store in `folder`, making it when it is not there, and clears away what a stopped process left half-way. */
export function openObjectStore(folder: string): ObjectStore {
  rmSync(incomingFolder(folder), { recursive: true, force: true });
  for (const made of [incomingFolder(folder), markFolder(folder)]) mkdirSync(made, { recursive: true, mode: 0o700 });
  return {
    folder,
    pathOf: (digest) => objectPath(folder, digest),
    has: (digest) => existsSync(objectPath(folder, digest)),
    read: (digest) => createReadStream(objectPath(folder, digest)),
    newIncoming: () => join(incomingFolder(folder), randomUUID()),
    digests: () => digestsIn(folder),
    remove: (digests) => removeObjects(folder, digests),
    unregistered: () => readdirSync(markFolder(folder)),
    registered: (digests) => {
      for (const digest of digests) rmSync(join(markFolder(folder), digest), { force: true });
    },
  };
}

/** Copies a file into the store, which may have no room for it (OBJECT_NO_ROOM), under a name of the moment; what is fingerprinted afterwards is the copy, so it cannot change in between. */
export async function copyIn(folder: string, from: string, name: string): Promise<string> {
  const copy = join(incomingFolder(folder), name);
  const [{ size }, { bavail, bsize }] = await Promise.all([stat(from), statfs(incomingFolder(folder))]);
  // Told before, one file is refused; found out at the end of the disk, everything stops.
  if (size > bavail * bsize) throw new NodeError("OBJECT_NO_ROOM");
  await copyFile(from, copy, constants.COPYFILE_FICLONE);
  return copy;
}

/** Makes a copy durable under its digest, and marks it as not registered yet. It takes the place of an object that is there already, which the disk may have damaged. */
export async function keepCopy(folder: string, copy: string, digest: string): Promise<void> {
  const target = objectPath(folder, digest);
  const file = await open(copy, "r+");
  await file.datasync();
  await file.close();
  await (await open(join(markFolder(folder), digest), "w", 0o600)).close();
  await mkdir(join(folder, digest.slice(0, 2)), { recursive: true, mode: 0o700 });
  await rename(copy, target);
}

/** Gives a copy up. */
export async function dropCopy(copy: string): Promise<void> {
  await rm(copy, { force: true });
}

/** Tells whether an object is still what its digest says; true as well when it is not there. */
export async function isUndamaged({ read }: ObjectStore, digest: string): Promise<boolean> {
  const hash = createHash("sha256");
  try {
    for await (const chunk of read(digest)) hash.update(chunk as Uint8Array);
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === "ENOENT") return true;
    throw thrown;
  }
  return hash.digest("hex") === digest;
}

function* digestsIn(folder: string): Generator<string> {
  for (const prefix of readdirSync(folder)
    .filter((name) => /^[0-9a-f]{2}$/.test(name))
    .sort())
    for (const name of readdirSync(join(folder, prefix)).sort())
      if (/^[0-9a-f]{64}\.dcm$/.test(name)) yield name.slice(0, 64);
}

function removeObjects(folder: string, digests: Iterable<string>): void {
  const touched = new Set<string>();
  for (const digest of digests) {
    const path = objectPath(folder, digest);
    if (existsSync(path)) {
      rmSync(path);
      touched.add(dirname(path));
    }
    rmSync(join(markFolder(folder), digest), { force: true });
  }
  for (const path of touched) syncFolder(path);
}

function objectPath(folder: string, digest: string): string {
  return join(folder, digest.slice(0, 2), `${digest}.dcm`);
}

// A file without content for each object that is not registered yet: what a stopped process left is found without looking at all objects.
function markFolder(folder: string): string {
  return join(folder, "unregistered");
}

function incomingFolder(folder: string): string {
  return join(folder, "incoming");
}
