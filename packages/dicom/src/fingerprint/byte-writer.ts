// Writes the canonical header: numbers with their highest byte first, values end to end.

/** Bytes being written: the first `size` of `bytes`. */
export interface ByteWriter {
  bytes: Uint8Array<ArrayBuffer>;
  size: number;
}

/** Begins with room for `capacity` bytes. */
export function newWriter(capacity: number): ByteWriter {
  return { bytes: new Uint8Array(capacity), size: 0 };
}

/** Returns what was written; nothing may be written afterwards. */
export function writtenBytes({ bytes, size }: ByteWriter): Uint8Array<ArrayBuffer> {
  return bytes.subarray(0, size);
}

/** Writes one byte. */
export function putByte(writer: ByteWriter, value: number): void {
  makeRoom(writer, 1);
  writer.bytes[writer.size++] = value;
}

/** Writes a number below 2^32 as four bytes. */
export function putUint32(writer: ByteWriter, value: number): void {
  makeRoom(writer, 4);
  setUint32(writer, writer.size, value);
  writer.size += 4;
}

/** Leaves four bytes free for a length that is not known yet, and returns where. */
export function putGap(writer: ByteWriter): number {
  putUint32(writer, 0);
  return writer.size - 4;
}

/** Fills a gap with the number of bytes written since. */
export function fillGap(writer: ByteWriter, gap: number): void {
  setUint32(writer, gap, writer.size - gap - 4);
}

/** Writes bytes `start` to `end` of `source`, each number of `width` bytes reversed when `reverse`; what is left of a number stays as it is. */
export function putBytes(writer: ByteWriter, source: Uint8Array, start: number, end: number, width = 1): void {
  makeRoom(writer, end - start);
  const { bytes, size } = writer;
  writer.size += end - start;
  if (width > 1) reverseInto(bytes, size, source, start, end, width);
  // Most values are shorter than what it costs to make a view of them.
  else if (end - start > 48) bytes.set(source.subarray(start, end), size);
  else for (let at = start, to = size; at < end; at++, to++) bytes[to] = source[at] as number;
}

/** Copies numbers of `width` bytes with their bytes reversed; bytes that make no whole number stay as they are. */
export function reverseInto(
  target: Uint8Array,
  to: number,
  source: Uint8Array,
  start: number,
  end: number,
  width: number,
): void {
  const whole = end - ((end - start) % width);
  let at = to;
  for (let first = start; first < whole; first += width) {
    for (let byte = first + width - 1; byte >= first; byte--) target[at++] = source[byte] as number;
  }
  for (let byte = whole; byte < end; byte++) target[at++] = source[byte] as number;
}

function setUint32({ bytes }: ByteWriter, at: number, value: number): void {
  bytes[at] = value >>> 24;
  bytes[at + 1] = value >>> 16;
  bytes[at + 2] = value >>> 8;
  bytes[at + 3] = value;
}

function makeRoom(writer: ByteWriter, count: number): void {
  if (writer.size + count <= writer.bytes.length) return;
  const grown = new Uint8Array(Math.max(2 * writer.bytes.length, writer.size + count));
  grown.set(writer.bytes.subarray(0, writer.size));
  writer.bytes = grown;
}
