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
  statfsSync,
  statSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";
import { promisify } from "node:util";
import { NodeError } from "../node-error.ts";
import { incomingFolder, incomingPath, markPath, objectPath } from "./object-paths.ts";

/** A file in the store's incoming folder. */
export interface IncomingCopy {
  readonly path: string;
  /**
   * Flushes it, marks it as not registered yet, and names it by its digest; it takes the place of an object that is there already, which the disk may have damaged. Other
   * work can be done meanwhile. The name itself is flushed later, by ObjectStore.flush.
   */
  keep(digest: string): Promise<void>;
  /** Gives it up. */
  drop(): void;
}

const flushData = promisify(fdatasync);

/** Copies a file in, for its owner only, where there is room for it (else throws OBJECT_NO_ROOM), sharing what the file system lets share; what is fingerprinted afterwards is the copy, so it cannot change in between. */
export function copiedIn(folder: string, from: string, name: string): IncomingCopy {
  const path = incomingPath(folder, name);
  const { bavail, bsize } = statfsSync(incomingFolder(folder));
  // Told before, one file is refused; found out at the end of the disk, everything stops.
  if (statSync(from).size > bavail * bsize) throw new NodeError("OBJECT_NO_ROOM");
  try {
    copyFileSync(from, path, constants.COPYFILE_FICLONE);
    // A file of a medium that cannot be written to would give a copy that cannot be flushed; one of a shared folder, a copy for everybody.
    chmodSync(path, 0o600);
    return receivedIn(folder, path);
  } catch (thrown) {
    rmSync(path, { force: true });
    throw thrown;
  }
}

/** Writes bytes in, for their owner only. */
export function writtenIn(folder: string, bytes: Uint8Array, name: string): IncomingCopy {
  const path = incomingPath(folder, name);
  const copy = openCopy(folder, path, openSync(path, "wx", 0o600));
  try {
    for (let written = 0; written < bytes.length; ) written += writeSync(copy.file, bytes, written);
    return copy;
  } catch (thrown) {
    copy.drop();
    throw thrown;
  }
}

/** A file that was received into the incoming folder. */
export function receivedIn(folder: string, path: string): IncomingCopy {
  return openCopy(folder, path, openSync(path, "r+"));
}

function openCopy(folder: string, path: string, file: number): IncomingCopy & { readonly file: number } {
  let isOpen = true;
  const close = (): void => {
    if (isOpen) closeSync(file);
    isOpen = false;
  };
  return {
    path,
    file,
    keep: async (digest) => {
      await flushData(file);
      close();
      closeSync(openSync(markPath(folder, digest), "w", 0o600));
      rename(path, objectPath(folder, digest));
    },
    drop: () => {
      close();
      rmSync(path, { force: true });
    },
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
