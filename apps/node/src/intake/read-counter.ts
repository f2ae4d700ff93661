// How many bytes the workers of a pool have read: one number that they share, so that whoever waits for a large file sees it go on.
import type { FileSource } from "@fiducial/dicom/file";

/** A number of bytes in memory that threads share. */
export type ReadCounter = BigInt64Array<SharedArrayBuffer>;

/** Makes a counter at 0. */
export function readCounter(): ReadCounter {
  return new BigInt64Array(new SharedArrayBuffer(8));
}

/** Tells what was counted so far, in bytes. */
export function bytesCounted(counter: ReadCounter): number {
  return Number(Atomics.load(counter, 0));
}

/** Makes what is read of `source` count, each byte once however often it is read; what is in memory counts at once. */
export function counting(source: FileSource, counter: ReadCounter): FileSource {
  const add = (bytes: number) => void Atomics.add(counter, 0, BigInt(bytes));
  if (source.bytes !== undefined) {
    add(source.size);
    return source;
  }
  let furthest = 0;
  return {
    ...source,
    read: async (offset, length) => {
      const bytes = await source.read(offset, length);
      if (offset + length > furthest) add(offset + length - furthest);
      furthest = Math.max(furthest, offset + length);
      return bytes;
    },
  };
}
