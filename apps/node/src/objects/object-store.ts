// The objects as they were received, byte for byte, in files named by their SHA-256.
import { createHash, randomUUID } from "node:crypto";
import { createReadStream, existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Readable } from "node:stream";
import { syncFolder, syncFolders } from "../folder/durable-file.ts";
import { fetchedPath, incomingFolder, incomingPath, markFolder, markPath, objectPath } from "./object-paths.ts";
import type { ReleasedMarks } from "./released-marks.ts";

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
  /** Makes the names of objects that were kept durable; their bytes are already. To be done before anything is said of them. */
  flush(digests: Iterable<string>): Promise<void>;
  /** Takes objects away, and what is known of their release; durable when it returns. Those that are not there are passed over. */
  remove(digests: Iterable<string>): void;
  /** Takes the bytes of objects away that the PACS was seen to hold just now; that they are released is durable before the first goes. */
  release(digests: readonly string[]): void;
  /** Whether the bytes of an object are not here because they were released. */
  isReleased(digest: string): boolean;
  /** Says of objects whose bytes are here that they are not released, whatever was before. */
  unrelease(digests: readonly string[]): void;
  /** Writes a copy of which objects are released, if any are. */
  backUpReleased(path: string): Promise<void>;
  /** Digests of objects that were kept and of which nobody said since that they are registered. */
  unregistered(): string[];
  /** Says that objects are registered. */
  registered(digests: Iterable<string>): void;
}

/** Opens the store in `folder`, making it when it is not there, and clears away what a stopped process left half-way. */
export function openObjectStore(folder: string, released: ReleasedMarks): ObjectStore {
  rmSync(incomingFolder(folder), { recursive: true, force: true });
  for (const made of [incomingFolder(folder), markFolder(folder)]) mkdirSync(made, { recursive: true, mode: 0o700 });
  return {
    folder,
    pathOf: (digest) => objectPath(folder, digest),
    has: (digest) => existsSync(objectPath(folder, digest)),
    read: (digest) => createReadStream(objectPath(folder, digest)),
    newIncoming: () => incomingPath(folder, randomUUID()),
    digests: () => digestsIn(folder),
    flush: (digests) => syncFolders([folder, ...foldersOf(folder, digests)]),
    remove: (digests) => {
      const all = [...digests];
      removeObjects(folder, all);
      released.remove(all.filter(released.has));
    },
    release: (digests) => {
      released.add(digests);
      // Bytes that a power failure brings back are held against the PACS again.
      for (const digest of digests) rmSync(objectPath(folder, digest), { force: true });
    },
    isReleased: (digest) => !existsSync(objectPath(folder, digest)) && released.has(digest),
    unrelease: (digests) => {
      const marked = digests.filter(released.has);
      if (marked.length > 0) released.remove(marked);
    },
    backUpReleased: released.backUp,
    unregistered: () => readdirSync(markFolder(folder)),
    registered: (digests) => {
      for (const digest of digests) rmSync(markPath(folder, digest), { force: true });
    },
  };
}

/** Tells whether an object is still what its digest says; true as well when it is not there, false when the disk does not give it. */
export async function isUndamaged({ read }: ObjectStore, digest: string): Promise<boolean> {
  const hash = createHash("sha256");
  try {
    for await (const chunk of read(digest)) hash.update(chunk as Uint8Array);
  } catch (thrown) {
    const { code } = thrown as NodeJS.ErrnoException;
    if (code === "ENOENT") return true;
    if (code === "EIO" || code === "EISDIR") return false;
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

function foldersOf(folder: string, digests: Iterable<string>): Set<string> {
  return new Set(Array.from(digests, (digest) => dirname(objectPath(folder, digest))));
}

function removeObjects(folder: string, digests: Iterable<string>): void {
  const touched = new Set<string>();
  for (const digest of digests) {
    const path = objectPath(folder, digest);
    if (existsSync(path)) {
      rmSync(path);
      touched.add(dirname(path));
    }
    for (const beside of [markPath(folder, digest), fetchedPath(folder, digest)]) rmSync(beside, { force: true });
  }
  for (const path of touched) syncFolder(path);
}
