// A copy on its way into the object store: first under a name of the moment, then on disk, then under its digest. Used by workers.
import {
  chmodSync,
  closeSync,
  constants,
  copyFileSync,
  fdatasync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";
import { promisify } from "node:util";
import { incomingPath, objectPath } from "./object-paths.ts";

/** A file in the store's incoming folder. */
export interface IncomingCopy {
  readonly path: string;
  /**
   * Flushes it and names it by its digest; it takes the place of an object that is there already, which the disk may have damaged. Other
   * work can be done meanwhile. The name itself is flushed later, by ObjectStore.flush.
   */
  keep(digest: string): Promise<void>;
  /** Gives it up. */
  drop(): void;
}

const flushData = promisify(fdatasync);

/** Copies a file in, for its owner only, sharing what the file system lets share; what is fingerprinted afterwards is the copy, so it cannot change in between. */
export function copiedIn(folder: string, from: string, name: string): IncomingCopy {
  const copy = receivedIn(folder, incomingPath(folder, name));
  try {
    copyFileSync(from, copy.path, constants.COPYFILE_FICLONE);
    // Such as a medium that cannot be written to gives its files would keep the copy from being flushed, and others from nothing.
    chmodSync(copy.path, 0o600);
    return copy;
  } catch (thrown) {
    copy.drop();
    throw thrown;
  }
}

/** Writes bytes in, for their owner only. */
export function writtenIn(folder: string, bytes: Uint8Array, name: string): IncomingCopy {
  const copy = receivedIn(folder, incomingPath(folder, name));
  const file = openSync(copy.path, "wx", 0o600);
  try {
    for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
    return copy;
  } catch (thrown) {
    copy.drop();
    throw thrown;
  } finally {
    closeSync(file);
  }
}

/** A file that was received into the incoming folder. */
export function receivedIn(folder: string, path: string): IncomingCopy {
  return {
    path,
    keep: async (digest) => {
      const file = openSync(path, "r+");
      try {
        await flushData(file);
      } finally {
        closeSync(file);
      }
      rename(path, objectPath(folder, digest));
    },
    drop: () => rmSync(path, { force: true }),
  };
}

// Of 256 folders nearly all are there already.
function rename(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== "ENOENT") throw thrown;
    mkdirSync(dirname(to), { recursive: true, mode: 0o700 });
    renameSync(from, to);
  }
}
