// Where the bytes of an object come from: memory, a Blob of the browser, or a file (file-source.ts, Node only).
import { DicomError } from "../dicom-error.ts";

/** Bytes that can be read at any offset, as often as wanted, and stay the same meanwhile. */
export interface ByteSource {
  /** All bytes there are; beyond 2^32 is fine. */
  readonly size: number;
  /** The bytes themselves when they are in memory anyway: reading is then free. */
  readonly bytes?: Uint8Array;
  /** Returns exactly `length` bytes from `offset`, to be left as they are. Throws SOURCE_CHANGED when they are not there. */
  read(offset: number, length: number): Promise<Uint8Array>;
}

/** Bytes read at a time where they do not all fit into memory. */
export const chunkBytes: number = 2 ** 20;

/** Gives bytes in memory. They must not change while they are read. */
export function bytesSource(given: Uint8Array): ByteSource {
  const bytes = plainView(given);
  return {
    size: bytes.length,
    bytes,
    read: async (offset, length) => exactly(bytes.subarray(offset, offset + length), length),
  };
}

/** Returns the same memory as a plain Uint8Array. A Buffer of Node's is one too, but its slice() is no copy. */
export function plainView<Memory extends ArrayBufferLike>(bytes: Uint8Array<Memory>): Uint8Array<Memory> {
  return bytes.constructor === Uint8Array ? bytes : new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
}

/** Gives the bytes of a Blob or File of the browser, which need not fit into memory. */
export function blobSource(blob: Blob): ByteSource {
  return {
    size: blob.size,
    read: async (offset, length) =>
      exactly(new Uint8Array(await blob.slice(offset, offset + length).arrayBuffer()), length),
  };
}

/** Gives bytes that lie in memory in several parts, so that a large inflated data set need not be copied together. */
export function partsSource(parts: readonly Uint8Array[]): ByteSource {
  const ends: number[] = [];
  for (const part of parts) ends.push((ends.at(-1) ?? 0) + part.length);
  return { size: ends.at(-1) ?? 0, read: async (offset, length) => copyOfParts(parts, ends, offset, length) };
}

/** Returns `bytes` when there are `length` of them. Throws SOURCE_CHANGED. */
export function exactly(bytes: Uint8Array, length: number): Uint8Array {
  if (bytes.length !== length) throw new DicomError("SOURCE_CHANGED");
  return bytes;
}

function copyOfParts(
  parts: readonly Uint8Array[],
  ends: readonly number[],
  offset: number,
  length: number,
): Uint8Array {
  let index = firstBeyond(ends, offset);
  const first = parts[index];
  const at = offset - (ends[index - 1] ?? 0);
  if (first !== undefined && at + length <= first.length) return first.subarray(at, at + length);
  const copy = new Uint8Array(length);
  let filled = 0;
  for (; index < parts.length && filled < length; index++) {
    const part = (parts[index] as Uint8Array).subarray(offset + filled - (ends[index - 1] ?? 0));
    copy.set(part.subarray(0, length - filled), filled);
    filled += Math.min(part.length, length - filled);
  }
  return exactly(copy.subarray(0, filled), length);
}

// The index of the first part that ends beyond `offset`.
function firstBeyond(ends: readonly number[], offset: number): number {
  let [low, high] = [0, ends.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ends[middle] as number) > offset) high = middle;
    else low = middle + 1;
  }
  return low;
}
