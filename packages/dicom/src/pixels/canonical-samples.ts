// Canonical samples, fiducial-pixels-v1: one byte string per picture, whatever lossless encoding it came in. docs/formats/pixels.md.
import { type ContainerBytes, containerBytes, type PixelDescription, samplesPerFrame } from "./pixel-description.ts";
import { invalidPixels } from "./pixel-error.ts";

/** Decoded samples, still in the cells that they came in: little endian, colour by pixel. */
export interface SampleCells {
  readonly bytes: Uint8Array;
  /** Bytes of one cell. */
  readonly cellBytes: 1 | 2 | 3 | 4 | 8;
  /** Unused bits below the sample: High Bit + 1 − Bits Stored. */
  readonly shift: number;
}

/** Tells whether canonical samples are single bits, eight to the byte, the first in the lowest bit. */
export function isPacked(description: PixelDescription): boolean {
  return description.floatBits === undefined && description.bitsStored === 1;
}

/** Returns the bytes that the canonical samples of one frame take. */
export function canonicalBytes(description: PixelDescription): number {
  const samples = samplesPerFrame(description);
  return isPacked(description) ? Math.ceil(samples / 8) : samples * containerBytes(description);
}

/**
 * Brings decoded cells to canonical samples: the value alone, unused bits dropped, sign or zero extended to its container.
 * Shares memory with the cells when nothing changes. Throws PIXEL_DATA_INVALID (length).
 */
export function canonicalSamples(description: PixelDescription, cells: SampleCells): Uint8Array {
  const count = samplesPerFrame(description);
  if (cells.bytes.length !== count * cells.cellBytes) throw invalidPixels("length");
  if (isPacked(description)) return packed(cells);
  const container = containerBytes(description);
  const fills = description.floatBits !== undefined || (description.bitsStored === container * 8 && cells.shift === 0);
  if (fills && cells.cellBytes === container) return cells.bytes;
  return valuesOf(description, cells, container);
}

function packed({ bytes, cellBytes, shift }: SampleCells): Uint8Array {
  const bits = new Uint8Array(Math.ceil(bytes.length / cellBytes / 8));
  for (let index = 0, cell = 0; cell < bytes.length; index++, cell += cellBytes) {
    const bit = ((bytes[cell + (shift >> 3)] as number) >> (shift & 7)) & 1;
    bits[index >> 3] = (bits[index >> 3] as number) | (bit << (index & 7));
  }
  return bits;
}

function valuesOf(
  description: PixelDescription,
  { bytes, cellBytes, shift }: SampleCells,
  container: ContainerBytes,
): Uint8Array {
  const samples = new Uint8Array((bytes.length / cellBytes) * container);
  const unused = 32 - description.bitsStored;
  const signed = description.pixelRepresentation === 1;
  const extended = (cell: number): number => {
    const left = (cell >>> shift) << unused;
    return signed ? left >> unused : left >>> unused;
  };
  if (cellBytes === 2 && container === 2) {
    // Nearly every image that gets here has such cells, and they need no inner loops.
    for (let at = 0; at < bytes.length; at += 2) {
      const value = extended((bytes[at] as number) | ((bytes[at + 1] as number) << 8));
      samples[at] = value;
      samples[at + 1] = value >> 8;
    }
    return samples;
  }
  for (let from = 0, to = 0; from < bytes.length; from += cellBytes, to += container) {
    let cell = 0;
    for (let byte = 0; byte < cellBytes; byte++) cell |= (bytes[from + byte] as number) << (8 * byte);
    const value = extended(cell);
    for (let byte = 0; byte < container; byte++) samples[to + byte] = value >> (8 * byte);
  }
  return samples;
}
