// Native frames, and their samples in order. DICOM PS3.5 § 8.1.1 and Annex D, PS3.3 § C.7.6.3.1.
import { canonicalSamples, isPacked } from "./canonical-samples.ts";
import { isChromaHalved, nativeFrameBytes, type PixelDescription, samplesPerFrame } from "./pixel-description.ts";
import { invalidPixels, noCodec } from "./pixel-error.ts";

/** Brings a native frame to canonical samples, or gives back the very frame when it is them already; one padding byte is tolerated. Throws PIXEL_DATA_INVALID (length, description), NO_CODEC (variant). */
export function nativeSamples(description: PixelDescription, frame: Uint8Array, bigEndian: boolean): Uint8Array {
  const paired = description.columns % 2 === 0 && description.planarConfiguration === 0;
  if (isChromaHalved(description) && !paired) throw invalidPixels("description");
  const size = nativeFrameBytes(description);
  const padded = frame.length === size + 1 && size % 2 === 1;
  if (frame.length !== size && !padded) throw invalidPixels("length");
  const cells = padded ? frame.subarray(0, size) : frame;
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
