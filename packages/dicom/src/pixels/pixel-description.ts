// What the header says about the samples, checked before anything is decoded by it. DICOM PS3.3 § C.7.6.3.
import { invalidPixels, noCodec, PixelError } from "./pixel-error.ts";

/** What (0028,xxxx) says about the samples. */
export interface PixelDescription {
  readonly transferSyntaxUid: string;
  /** Rows (0028,0010). */
  readonly rows: number;
  /** Columns (0028,0011). */
  readonly columns: number;
  /** Samples per Pixel (0028,0002). */
  readonly samplesPerPixel: number;
  /** Bits Allocated (0028,0100). */
  readonly bitsAllocated: number;
  /** Bits Stored (0028,0101); Bits Allocated for float pixel data. */
  readonly bitsStored: number;
  /** High Bit (0028,0102); Bits Stored − 1 for float pixel data. */
  readonly highBit: number;
  /** Pixel Representation (0028,0103): 1 is two's complement. */
  readonly pixelRepresentation: 0 | 1;
  /** Planar Configuration (0028,0006): 1 is one plane after the other. */
  readonly planarConfiguration: 0 | 1;
  /** Photometric Interpretation (0028,0004). */
  readonly photometricInterpretation: string;
  /** Number of Frames (0028,0008). */
  readonly numberOfFrames: number;
  /** 32 for Float Pixel Data (7FE0,0008), 64 for Double Float Pixel Data (7FE0,0009). */
  readonly floatBits?: 32 | 64;
}

/** The largest frame that is decoded unless the caller says otherwise: 1 GiB. */
export const defaultLimitBytes = 1024 ** 3;

/** The bytes of one canonical sample; one-bit samples are packed and count as 1. */
export type ContainerBytes = 1 | 2 | 4 | 8;

/** Returns the bytes of one canonical sample: the smallest power of two that holds Bits Stored, because re-encoders change Bits Allocated. */
export function containerBytes(description: PixelDescription): ContainerBytes {
  const bits = description.floatBits ?? description.bitsStored;
  return bits <= 8 ? 1 : bits <= 16 ? 2 : bits <= 32 ? 4 : 8;
}

/** Returns how many samples one frame has. */
export function samplesPerFrame(description: PixelDescription): number {
  return description.rows * description.columns * description.samplesPerPixel;
}

/** Tells whether native chroma is stored for every second column only. PS3.3 § C.7.6.3.1.2. */
export function isChromaHalved(description: PixelDescription): boolean {
  return (
    /^YBR_(?:FULL|PARTIAL)_422$/.test(description.photometricInterpretation.trim()) && description.samplesPerPixel === 3
  );
}

/** Returns the bytes of one native frame, without padding; a one-bit frame is rounded up to whole bytes. PS3.5 § 8.1.1. */
export function nativeFrameBytes(description: PixelDescription): number {
  const samples = isChromaHalved(description)
    ? description.rows * description.columns * 2
    : samplesPerFrame(description);
  return Math.ceil((samples * description.bitsAllocated) / 8);
}

/**
 * Checks that `description` is possible, is handled here, and needs at most `limitBytes` for a frame.
 * Throws PIXEL_DATA_INVALID (description), NO_CODEC (variant) or PIXEL_DATA_TOO_LARGE.
 */
export function checkDescription(description: PixelDescription, limitBytes: number): void {
  if (!isPossible(description)) throw invalidPixels("description");
  if (![1, 8, 16, 24, 32, 64].includes(description.bitsAllocated)) throw noCodec("variant");
  // Wider integers are only passed on whole: shifting them needs arithmetic that no real image has called for.
  const narrow = description.bitsAllocated <= 32 || description.bitsStored === description.bitsAllocated;
  if (!narrow && description.floatBits === undefined) throw noCodec("variant");
  const sizeBytes = Math.max(nativeFrameBytes(description), samplesPerFrame(description) * containerBytes(description));
  if (sizeBytes > limitBytes) throw new PixelError("PIXEL_DATA_TOO_LARGE", { sizeBytes, limitBytes });
}

function isPossible(description: PixelDescription): boolean {
  const { rows, columns, samplesPerPixel, bitsAllocated, bitsStored, highBit, floatBits } = description;
  const within = (value: number, least: number, most: number) =>
    Number.isInteger(value) && value >= least && value <= most;
  if (!within(rows, 1, 65535) || !within(columns, 1, 65535) || !within(samplesPerPixel, 1, 65535)) return false;
  if (![0, 1].includes(description.pixelRepresentation) || ![0, 1].includes(description.planarConfiguration))
    return false;
  if (floatBits !== undefined) return (floatBits === 32 || floatBits === 64) && bitsAllocated === floatBits;
  return (
    within(bitsAllocated, 1, 64) &&
    within(bitsStored, 1, bitsAllocated) &&
    within(highBit, bitsStored - 1, bitsAllocated - 1)
  );
}
