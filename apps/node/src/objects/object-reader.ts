// The one door to the bytes of registered objects: those kept here, and those that the PACS keeps, checked before anybody sees them.
import { createReadStream } from "node:fs";
import type { Readable } from "node:stream";
import { NodeError } from "../node-error.ts";
import type { ObjectStore } from "./object-store.ts";
import type { StoredVersion } from "./stored-version.ts";

/** The bytes of an object, there until they are let go of. */
export interface ObjectFile {
  readonly path: string;
  readonly sizeBytes: number;
  readonly transferSyntaxUid: string;
  /** How what came from the PACS stands to what was registered; absent for the very bytes that were registered and are kept here. */
  readonly verdict?: "identical" | "header-changed" | "same-pixels";
  letGo(): void;
}

/** Whoever keeps what is not kept here. */
export interface OtherKeeper {
  /** Rejects with PACS_*, BUSY, DISK_FULL. */
  open(version: StoredVersion): Promise<ObjectFile>;
}

export interface ObjectReader {
  /** Opens an object. Rejects with OBJECT_NOT_STORED where it is nowhere to be had, PACS_*, BUSY, DISK_FULL. */
  open(version: StoredVersion): Promise<ObjectFile>;
  /** Whether it might be opened: it is here, or somebody else may keep it. */
  mayHave(digest: string): boolean;
  /** Whether somebody reads an object that is kept here. */
  isRead(digest: string): boolean;
}

/** Offers the objects of a store, and those of `other`. */
export function objectReader(objects: Pick<ObjectStore, "has" | "pathOf">, other?: OtherKeeper): ObjectReader {
  const readers = new Map<string, number>();

  function openHere({ record }: StoredVersion): ObjectFile {
    const { file, sizeBytes, transferSyntaxUid } = record;
    readers.set(file, (readers.get(file) ?? 0) + 1);
    const letGo = once(() => {
      const left = (readers.get(file) ?? 1) - 1;
      if (left === 0) readers.delete(file);
      else readers.set(file, left);
    });
    return { path: objects.pathOf(file), sizeBytes, transferSyntaxUid, letGo };
  }

  return {
    open: async (version) => {
      if (objects.has(version.record.file)) return openHere(version);
      if (other === undefined) throw new NodeError("OBJECT_NOT_STORED");
      return other.open(version);
    },
    mayHave: (digest) => other !== undefined || objects.has(digest),
    isRead: (digest) => readers.has(digest),
  };
}

/** The bytes of an object that is open, as a stream; it is let go of when that closes. */
export function streamOf({ path, letGo }: ObjectFile): Readable {
  return createReadStream(path).once("close", letGo);
}

/** Makes work that is done once, however often it is called. */
export function once(work: () => void): () => void {
  let isDone = false;
  return () => {
    if (!isDone) work();
    isDone = true;
  };
}
