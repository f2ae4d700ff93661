// Native frames: cutting them out of Pixel Data, and their samples in order. DICOM PS3.5 § 8.1.1, § 8.2 and Annex D, PS3.3 § C.7.6.3.1.
import { canonicalSamples, isPacked } from "./canonical-samples.ts";
import { isChromaHalved, nativeFrameBytes, type PixelDescription, samplesPerFrame } from "./pixel-description.ts";
import { invalidPixels, noCodec } from "./pixel-error.ts";

/**
 * Cuts frame `index` (from 0) out of native Pixel Data. One-bit frames, which begin anywhere in a byte, are moved to begin in the lowest bit of the first byte;
 * cells of up to 8 bits that big-endian OW data swaps in pairs are put in order. Other frames share memory with `pixelData`.
 * Throws PIXEL_DATA_INVALID (length) when the data ends before the frame does.
 */
export function cutNativeFrame(
  description: PixelDescription,
  pixelData: Uint8Array,
  index: number,
  valueRepresentation: "OB" | "OW" = "OB",
): Uint8Array {
  const size = nativeFrameBytes(description);
  const swapped =
    valueRepresentation === "OW" &&
    description.transferSyntaxUid === "1.2.840.10008.1.2.2" &&
    description.bitsAllocated <= 8;
  const firstBit = description.bitsAllocated === 1 ? index * samplesPerFrame(description) : index * size * 8;
  const shift = firstBit % 8;
  const first = (firstBit - shift) / 8;
  // The last one-bit frame may end in the byte that it began in, or need one more.
  const lastBit = firstBit + (description.bitsAllocated === 1 ? samplesPerFrame(description) : size * 8);
  if (Math.ceil(lastBit / 8) > pixelData.length || (swapped && pixelData.length % 2 === 1))
    throw invalidPixels("length");
  if (!swapped && shift === 0) return pixelData.subarray(first, first + size);
  const byteAt = (at: number) => pixelData[swapped ? at ^ 1 : at] ?? 0;
  return Uint8Array.from(
    { length: size },
    (_, at) => (byteAt(first + at) >> shift) | (byteAt(first + at + 1) << (8 - shift)),
  );
}

/** Brings a native frame to canonical samples; one padding byte is tolerated. Throws PIXEL_DATA_INVALID (length, description), NO_CODEC (variant). */
export function nativeSamples(description: PixelDescription, frame: Uint8Array, bigEndian: boolean): Uint8Array {
  const paired = description.columns % 2 === 0 && description.planarConfiguration === 0;
  if (isChromaHalved(description) && !paired) throw invalidPixels("description");
  const size = nativeFrameBytes(description);
  const padded = frame.length === size + 1 && size % 2 === 1;
  if (frame.length !== size && !padded) throw invalidPixels("length");
  const cells = frame.subarray(0, size);
  if (description.bitsAllocated === 1) return oneBitSamples(description, cells);
  const cellBytes = (description.bitsAllocated / 8) as 1 | 2 | 3 | 4 | 8;
  const ordered = bigEndian ? reversed(cells, cellBytes) : cells;
  return canonicalSamples(description, {
    bytes: byPixel(description, ordered, cellBytes),
    cellBytes,
    shift: unusedLowBits(description),
  });
}

/** Returns how many bits of a cell lie below the sample: 0 in every image made since 2004. */
export function unusedLowBits(description: PixelDescription): number {
  return description.floatBits === undefined ? description.highBit + 1 - description.bitsStored : 0;
}

function oneBitSamples(description: PixelDescription, frame: Uint8Array): Uint8Array {
  if (!isPacked(description) || description.samplesPerPixel !== 1) throw noCodec("variant");
  const used = samplesPerFrame(description) % 8;
  if (used === 0) return frame;
  const bits = frame.slice();
  bits[bits.length - 1] = (bits[bits.length - 1] as number) & ((1 << used) - 1);
  return bits;
}

function reversed(cells: Uint8Array, cellBytes: number): Uint8Array {
  if (cellBytes === 1) return cells;
  const ordered = new Uint8Array(cells.length);
  for (let cell = 0; cell < cells.length; cell += cellBytes) {
    for (let byte = 0; byte < cellBytes; byte++) ordered[cell + byte] = cells[cell + cellBytes - 1 - byte] as number;
  }
  return ordered;
}

function byPixel(description: PixelDescription, cells: Uint8Array, cellBytes: number): Uint8Array {
  if (isChromaHalved(description)) return chromaForEveryColumn(cells, cellBytes);
  const { samplesPerPixel, planarConfiguration } = description;
  return planarConfiguration === 1 && samplesPerPixel > 1 ? interleaved(cells, cellBytes, samplesPerPixel) : cells;
}

/** Lays colour planes out pixel by pixel. PS3.3 § C.7.6.3.1.3. */
export function interleaved(planes: Uint8Array, cellBytes: number, samplesPerPixel: number): Uint8Array {
  const pixels = new Uint8Array(planes.length);
  const planeBytes = planes.length / samplesPerPixel;
  for (let sample = 0; sample < samplesPerPixel; sample++) {
    for (let byte = 0; byte < cellBytes; byte++) {
      let to = sample * cellBytes + byte;
      for (
        let from = sample * planeBytes + byte;
        from < (sample + 1) * planeBytes;
        from += cellBytes, to += samplesPerPixel * cellBytes
      ) {
        pixels[to] = planes[from] as number;
      }
    }
  }
  return pixels;
}

/** Repeats the chroma of each pair of columns for its second one: Y₁ Y₂ B R becomes Y₁ B R Y₂ B R. PS3.3 § C.7.6.3.1.2. */
function chromaForEveryColumn(cells: Uint8Array, cellBytes: number): Uint8Array {
  const pixels = new Uint8Array((cells.length / 4) * 6);
  const order = [0, 2, 3, 1, 2, 3];
  for (let from = 0, to = 0; from < cells.length; from += 4 * cellBytes, to += 6 * cellBytes) {
    for (const [place, source] of order.entries()) {
      for (let byte = 0; byte < cellBytes; byte++)
        pixels[to + place * cellBytes + byte] = cells[from + source * cellBytes + byte] as number;
    }
  }
  return pixels;
}
