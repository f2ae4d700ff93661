import fc from "fast-check";
import { expect, test } from "vitest";
import type { PixelDescription } from "./pixel-description.ts";
import { decodeRle } from "./rle.ts";

const grey: PixelDescription = {
  transferSyntaxUid: "1.2.840.10008.1.2.5",
  rows: 1,
  columns: 1,
  samplesPerPixel: 1,
  bitsAllocated: 8,
  bitsStored: 8,
  highBit: 7,
  pixelRepresentation: 0,
  planarConfiguration: 0,
  photometricInterpretation: "MONOCHROME2",
  numberOfFrames: 1,
};

/** Cells of `cellBytes` × `samples` bytes a pixel, biased to repetition, with the run lengths in which an encoder might cut them. */
const pictures = fc
  .record({
    cellBytes: fc.constantFrom(1, 2, 3, 4),
    samples: fc.constantFrom(1, 2, 3),
    columns: fc.integer({ min: 1, max: 400 }),
  })
  .filter(({ cellBytes, samples }) => cellBytes * samples <= 15)
  .chain(({ cellBytes, samples, columns }) => {
    const size = cellBytes * samples * columns;
    const bytes = fc.uint8Array({ minLength: size, maxLength: size, max: 3 });
    return fc.record({
      cellBytes: fc.constant(cellBytes),
      samples: fc.constant(samples),
      columns: fc.constant(columns),
      bytes,
      cuts: fc.infiniteStream(fc.integer({ min: 1, max: 128 })),
    });
  });

test("decodes whatever runs an encoder chose", () => {
  fc.assert(
    fc.property(pictures, ({ cellBytes, samples, columns, bytes, cuts }) => {
      const bits = 8 * cellBytes;
      const description = {
        ...grey,
        columns,
        samplesPerPixel: samples,
        bitsAllocated: bits,
        bitsStored: bits,
        highBit: bits - 1,
      };
      const decoded = decodeRle(description, encode(bytes, cellBytes, samples, cuts));
      expect(decoded).toMatchObject({ cellBytes, shift: 0 });
      expect(Buffer.from(decoded.bytes).equals(Buffer.from(bytes))).toBe(true);
    }),
  );
});

test("says how many unused bits lie below the samples", () => {
  const described = { ...grey, bitsAllocated: 16, bitsStored: 12, highBit: 15 };
  expect(decodeRle(described, encode(Uint8Array.of(0x50, 0x12), 2, 1, [].values()))).toMatchObject({
    cellBytes: 2,
    shift: 4,
  });
});

/** PS3.5 Annex G, written from the other side: segments from cells, most significant byte first. */
function encode(cells: Uint8Array, cellBytes: number, samples: number, cuts: Iterator<number>): Uint8Array {
  const stride = cellBytes * samples;
  const segments = Array.from({ length: stride }, (_, index) => {
    const place = Math.floor(index / cellBytes) * cellBytes + cellBytes - 1 - (index % cellBytes);
    return runs(
      [...cells].filter((_, at) => at % stride === place),
      cuts,
    );
  });
  const header = Buffer.alloc(64);
  header.writeUInt32LE(stride, 0);
  let start = 64;
  for (const [index, segment] of segments.entries()) {
    header.writeUInt32LE(start, 4 + 4 * index);
    start += segment.length;
  }
  return Buffer.concat([header, ...segments]);
}

function runs(bytes: readonly number[], cuts: Iterator<number>): Buffer {
  const segment: number[] = [];
  for (let at = 0; at < bytes.length; ) {
    const piece = bytes.slice(at, at + (cuts.next().value ?? 128));
    const same = piece.findIndex((byte) => byte !== piece[0]);
    const repeated = same === -1 ? piece.length : same;
    if (repeated > 1) segment.push(257 - repeated, piece[0] as number);
    else segment.push(piece.length - 1, ...piece);
    at += repeated > 1 ? repeated : piece.length;
  }
  if (segment.length % 2 === 1) segment.push(0);
  return Buffer.from(segment);
}
