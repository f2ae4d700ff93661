// Whether a native frame is its own canonical samples, told without making them: most are, and need not be hashed again. docs/formats/fingerprints.md § Pixels.
import { containerBytes, isChromaHalved, type PixelDescription } from "../pixels/pixel-description.ts";

/** Tells whether native little-endian frames of this description have their samples where canonical samples are. */
export function isArrangedAsSamples(description: PixelDescription): boolean {
  const { bitsAllocated, bitsStored, highBit, samplesPerPixel, planarConfiguration, floatBits } = description;
  if (samplesPerPixel > 1 && planarConfiguration === 1) return false;
  if (floatBits !== undefined) return true;
  if (bitsAllocated === 1) return bitsStored === 1 && samplesPerPixel === 1;
  if (bitsStored === 1 || isChromaHalved(description)) return false;
  return containerBytes(description) * 8 === bitsAllocated && highBit === bitsStored - 1;
}

/** Tells whether a native little-endian frame is its own canonical samples: arranged as such, and nothing but the sign above Bits Stored. */
export function standsAsSamples(description: PixelDescription, frame: Uint8Array): boolean {
  if (!isArrangedAsSamples(description)) return false;
  const unused = 32 - description.bitsStored;
  const cells = cellsOf(description, frame);
  for (let index = 0; index < cells.length; index++) {
    const cell = cells[index] as number;
    const value = description.pixelRepresentation === 1 ? (cell << unused) >> unused : (cell << unused) >>> unused;
    if (value !== cell) return false;
  }
  return true;
}

// Typed arrays have the byte order of the machine: little-endian wherever JavaScript runs today, and readable.ts relies on it too.
function cellsOf({ bitsAllocated, pixelRepresentation }: PixelDescription, frame: Uint8Array): ArrayLike<number> {
  const signed = pixelRepresentation === 1;
  const width = bitsAllocated / 8;
  const aligned = frame.byteOffset % width === 0 ? frame : new Uint8Array(frame);
  const place = [aligned.buffer as ArrayBuffer, aligned.byteOffset, Math.floor(aligned.length / width)] as const;
  if (width === 1) return new (signed ? Int8Array : Uint8Array)(...place);
  if (width === 2) return new (signed ? Int16Array : Uint16Array)(...place);
  return new (signed ? Int32Array : Uint32Array)(...place);
}
