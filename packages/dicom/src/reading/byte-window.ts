// The stretch of a source that is in memory, moved along by the reader: all of it when it is in memory anyway.
import { DicomError } from "../dicom-error.ts";
import { type ByteSource, chunkBytes } from "./byte-source.ts";

/** Bytes `start` to `start + bytes.length` of a source of `size` bytes. Offsets below always count in the source. */
export interface ByteWindow {
  readonly source: ByteSource;
  bytes: Uint8Array;
  start: number;
}

/** Opens a window, still empty unless the source is in memory. */
export function windowOn(source: ByteSource): ByteWindow {
  return { source, bytes: source.bytes ?? new Uint8Array(0), start: 0 };
}

/** Tells whether `length` bytes from `offset` are in the window. */
export function holds(window: ByteWindow, offset: number, length: number): boolean {
  return offset >= window.start && offset + length <= window.start + window.bytes.length;
}

/** Moves the window to `offset`, so that it holds `length` bytes, and `ahead` bytes where there are as many. Throws TRUNCATED, SOURCE_CHANGED. */
export async function moveTo(
  window: ByteWindow,
  offset: number,
  length: number,
  ahead: number = chunkBytes,
): Promise<void> {
  const rest = window.source.size - offset;
  if (length > rest) throw new DicomError("TRUNCATED", { offset });
  window.bytes = await window.source.read(offset, Math.min(rest, Math.max(length, ahead)));
  window.start = offset;
}

/** Reads the byte at `offset`, which the window holds. */
export function byteAt({ bytes, start }: ByteWindow, offset: number): number {
  return bytes[offset - start] as number;
}

/** Reads a 16-bit number at `offset`, which the window holds. */
export function uint16At({ bytes, start }: ByteWindow, offset: number, bigEndian: boolean): number {
  const at = offset - start;
  const [first, second] = [bytes[at] as number, bytes[at + 1] as number];
  return bigEndian ? (first << 8) | second : (second << 8) | first;
}

/** Reads a 32-bit number at `offset`, which the window holds. */
export function uint32At(window: ByteWindow, offset: number, bigEndian: boolean): number {
  const [first, second] = [uint16At(window, offset, bigEndian), uint16At(window, offset + 2, bigEndian)];
  return ((bigEndian ? (first << 16) | second : (second << 16) | first) >>> 0) as number;
}

/** Reads a tag at `offset`, which the window holds: group first, in either byte order. */
export function tagAt(window: ByteWindow, offset: number, bigEndian: boolean): number {
  return ((uint16At(window, offset, bigEndian) << 16) | uint16At(window, offset + 2, bigEndian)) >>> 0;
}

/** Returns `length` bytes from `offset`, which the window holds, as they stand. */
export function bytesAt({ bytes, start }: ByteWindow, offset: number, length: number): Uint8Array {
  return bytes.subarray(offset - start, offset - start + length);
}
