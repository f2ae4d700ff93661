// RLE Lossless: one segment for each byte of a sample, most significant first, samples one after the other. DICOM PS3.5 Annex G.
import type { SampleCells } from "./canonical-samples.ts";
import { unusedLowBits } from "./native-frame.ts";
import { type PixelDescription, samplesPerFrame } from "./pixel-description.ts";
import { invalidPixels, noCodec } from "./pixel-error.ts";

const headerBytes = 64;

/**
 * Decodes an RLE frame into little-endian cells of Bits Allocated, colour by pixel. Planar Configuration has no bearing on it.
 * Throws PIXEL_DATA_INVALID: header (segment table), length (a segment that ends early or runs over); NO_CODEC (variant) when cells are not whole bytes.
 */
export function decodeRle(description: PixelDescription, encoded: Uint8Array): SampleCells {
  if (description.bitsAllocated % 8 !== 0 || description.floatBits !== undefined) throw noCodec("variant");
  const cellBytes = (description.bitsAllocated / 8) as SampleCells["cellBytes"];
  const segments = segmentsOf(encoded, cellBytes * description.samplesPerPixel);
  const cells = new Uint8Array(samplesPerFrame(description) * cellBytes);
  for (const [index, segment] of segments.entries()) {
    const sample = Math.floor(index / cellBytes);
    const first = sample * cellBytes + (cellBytes - 1 - (index % cellBytes));
    expand(segment, cells, first, cellBytes * description.samplesPerPixel);
  }
  return { bytes: cells, cellBytes, shift: unusedLowBits(description) };
}

function segmentsOf(encoded: Uint8Array, expected: number): Uint8Array[] {
  if (encoded.length < headerBytes) throw invalidPixels("header");
  const header = new DataView(encoded.buffer, encoded.byteOffset, headerBytes);
  const count = header.getUint32(0, true);
  if (count !== expected || count > 15) throw invalidPixels("header");
  const starts = Array.from({ length: count }, (_, index) => header.getUint32(4 + 4 * index, true));
  return starts.map((start, index) => {
    const end = starts[index + 1] ?? encoded.length;
    if (start < headerBytes || start > end || end > encoded.length) throw invalidPixels("header");
    return encoded.subarray(start, end);
  });
}

/** Writes the bytes of one segment to every `stride`-th place of `cells` from `first` on; what follows in the segment is padding. PS3.5 § G.3.2. */
function expand(segment: Uint8Array, cells: Uint8Array, first: number, stride: number): void {
  let from = 0;
  for (let to = first; to < cells.length; ) {
    const run = readRun(segment, from);
    const end = to + run.count * stride;
    if (end - stride >= cells.length || run.next > segment.length) throw invalidPixels("length");
    for (let source = run.source; to < end; to += stride, source += run.step) cells[to] = segment[source] as number;
    from = run.next;
  }
}

interface Run {
  readonly source: number;
  /** 1 for a literal run, which moves through the segment; 0 for a repeated byte, which stays. */
  readonly step: 0 | 1;
  readonly count: number;
  readonly next: number;
}

function readRun(segment: Uint8Array, from: number): Run {
  const control = segment[from];
  if (control === undefined) throw invalidPixels("length");
  const source = from + 1;
  if (control === 128) return { source, step: 0, count: 0, next: source };
  if (control < 128) return { source, step: 1, count: control + 1, next: source + control + 1 };
  return { source, step: 0, count: 257 - control, next: source + 1 };
}
